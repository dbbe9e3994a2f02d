"""The templates that come with the record, one a file: the first line is its kind, the second its name."""
