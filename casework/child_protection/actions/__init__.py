"""Everything that changes child protection. Each is one transaction, by somebody."""
