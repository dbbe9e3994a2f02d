"""Pages of police protection and emergency orders."""
