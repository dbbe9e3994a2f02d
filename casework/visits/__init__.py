"""Visits to children, of every kind: who was seen and how, what the child said, and when the next is due."""
