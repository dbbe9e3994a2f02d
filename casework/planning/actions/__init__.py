"""Everything that changes what a plan says and how it goes. Each is one transaction, by somebody."""
