"""The questions of core groups and child in need reviews."""
