"""The only bridge from the record to the core: SQL views that present the record as the canonical tables."""
