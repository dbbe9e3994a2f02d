"""Code sets: what each code means and the days on which it may be used. One CSV a set, in `data`.

A code is never deleted: `valid_to` retires it, so that a row of 2015 is still read with the codes of 2015.
"""

from goldenthread.codesets.model import Code, CodeSet, CodeSetFault
from goldenthread.codesets.reading import code_set, code_set_names, read_code_set

__all__ = ["Code", "CodeSet", "CodeSetFault", "code_set", "code_set_names", "read_code_set"]
