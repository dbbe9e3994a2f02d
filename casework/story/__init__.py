"""A child's words wherever they were recorded, and the record as the child will one day read it."""
