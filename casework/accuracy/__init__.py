"""How accurate the record is, where it is made and as a whole; and the returns that are made from it."""
