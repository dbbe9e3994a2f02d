"""The only bridge from the record to the core: SQL views that present the record as the canonical tables.

`views/*.sql` says, a table a file, how the record's rows become a canonical table. Every other canonical table is kept
as the authority brought it over from its former system (schema `carried`) until the record keeps that stage itself.
"""

from casework.canonical.reading import dataset, dataset_of

__all__ = ["dataset", "dataset_of"]
