"""The questions that the front door's pages ask."""
