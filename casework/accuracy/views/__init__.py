"""Pages: the report, a child, the returns."""
