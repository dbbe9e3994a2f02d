"""Everything that writes about missing children."""
