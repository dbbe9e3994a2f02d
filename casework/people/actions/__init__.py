"""Everything that writes about people: adding them, changing what is known, who belongs to them."""
