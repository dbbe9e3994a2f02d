"""The accuracy report: what changed since the last run, and how far each return is from submittable."""
