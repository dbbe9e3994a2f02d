"""The story of a child: everything that happened, in order, with what it meant, alone or beside siblings."""
