"""Pages that explain: a due date, a figure, a day."""
