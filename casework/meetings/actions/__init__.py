"""Everything that changes a core group or a child in need review. Each is one transaction, by somebody."""
