"""The SSDA903 return (children looked after) from the canonical dataset: its tables, its CSV files, its XML file.

`build` gives the tables of one collection year as at a day; `write_csv_set` and `write_xml` put them in the files that
are uploaded. The year's columns are those of the reader (`goldenthread.dataset.readers.ssda903_tables`).
"""

from goldenthread.writers.ssda903.build import build
from goldenthread.writers.ssda903.csv_set import FILES, write_csv_set
from goldenthread.writers.ssda903.history import previous_with_history
from goldenthread.writers.ssda903.xml_file import write_xml

__all__ = ["FILES", "build", "previous_with_history", "write_csv_set", "write_xml"]
