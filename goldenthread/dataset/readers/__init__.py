"""Readers: the files an authority already has, into canonical tables."""
