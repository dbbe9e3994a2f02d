"""The child's voice as its own record: what they said, how, who heard it, and what changed because of it."""
