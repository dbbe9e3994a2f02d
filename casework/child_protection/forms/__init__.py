"""The questions of child protection, a page at a time."""
