"""Everything that writes about police protection and emergency orders."""
