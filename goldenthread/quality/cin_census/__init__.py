"""The CIN census: its tables, what rows are compared with, the rules by subject, and the faults of a file's shape."""
