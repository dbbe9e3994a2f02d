"""The questions that are asked about people, a topic a page."""
