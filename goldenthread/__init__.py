"""The record of a child's journey through children's services, and everything derived from it."""
