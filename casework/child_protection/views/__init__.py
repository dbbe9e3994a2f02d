"""Pages of child protection."""
