"""The children in need census: its tables built from the record for a census year, and the XML file that is sent."""

from goldenthread.writers.cin_census.build import build
from goldenthread.writers.cin_census.xml import write_xml

__all__ = ["build", "write_xml"]
