"""Two records of one person made one, and made two again: what names a person, what differs, what clashes, in words."""
