"""A child's journey: events, open episodes and chronology."""
