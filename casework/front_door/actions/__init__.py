"""Everything that changes what the front door holds. Each is one transaction, by somebody, at a moment."""
