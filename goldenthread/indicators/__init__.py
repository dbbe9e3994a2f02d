"""Indicators: each declared once."""
