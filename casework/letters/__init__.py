"""Letters: templates that an administrator words, filled from the record, each recipient's copy kept as it was sent."""
