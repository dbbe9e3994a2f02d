"""The SSDA903 return's rules: its tables, what each row is compared with, and the rules by subject."""
