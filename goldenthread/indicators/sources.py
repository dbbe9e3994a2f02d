"""Where the definitions are printed: the names that declarations give their sources by."""

BOARD = "York improvement board, August 2019"
JOURNEY = "York overview of children's services, 24 September 2019, journey table"
CIN_STATISTICS = "DfE, Children in need statistics and Local Authority Interactive Tool data dictionary"
LOOKED_AFTER_STATISTICS = "DfE, Children looked after statistics and Local Authority Interactive Tool data dictionary"
