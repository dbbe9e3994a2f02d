"""From the canonical dataset to the files an authority sends: Annex A, the CIN census, the SSDA903, the daily flow.

Each return is built in two steps. `build(dataset, as_at)` gives the return's own tables, as text, with the row of
the record that each came from; `write(built, path)` puts them in the file that is sent. The checks run on the
first, so a fault found there leads back to the field to mend.
"""
