"""Keeping the clocks on a record true: called by every action that changes a fact, inside its transaction."""
