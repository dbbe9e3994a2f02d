"""What is written: checks of the record, reasons for queries, returns."""
