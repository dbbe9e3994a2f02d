"""Obligations: what is due, met and late."""
