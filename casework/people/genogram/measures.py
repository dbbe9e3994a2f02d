"""Sizes of the drawing, in its own units: one unit is one pixel where it is shown at full size."""

BOX_WIDTH = 196
SYMBOL = 48  # width and height of a symbol
CENTRE = 30  # from a box's left edge to the middle of its symbol, where lines meet it
TEXT_LEFT = 62  # from a box's left edge to its text
TEXT_WIDTH = BOX_WIDTH - TEXT_LEFT - 2
PASS_WIDTH = 16
GAP = 40  # between two boxes of a row; twice the widest household margin and more
MARGIN = 28
NAME_SIZE, TEXT_SIZE = 16, 14
NAME_LINE, TEXT_LINE = 19, 17
LANE = 14  # between two bars
LEG = 26  # least room for a leg above the first bar
DROP = 22  # least room for a line below the last bar
