"""A coherent synthetic authority, seeded, of any size."""
