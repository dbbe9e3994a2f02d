"""Core groups and child in need reviews, for the people who may see them."""
