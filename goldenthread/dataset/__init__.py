"""The canonical dataset: tables, storage, readers, writers and a synthetic authority."""
