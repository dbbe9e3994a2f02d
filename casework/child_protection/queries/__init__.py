"""Child protection, for the people who may see it."""
