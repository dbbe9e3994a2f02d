"""Who did and who looked: one chain of entries that nobody can alter unseen. Made by the database, not by the pages."""

from django.db import models


class Entry(models.Model):
    """One thing that somebody did or looked at. Each entry's hash covers the entry before it.

    Inserted with `kind` and what follows; the database sets the position, the time and the hashes (`schema.py`).
    The application's own database role can insert and read entries and do nothing else with them.
    """

    class Kind(models.TextChoices):
        READ = "read", "Looked at"
        CHANGE = "change", "Changed"
        DENIED = "denied", "Refused"
        OPENED = "opened", "Opened with a reason"
        SIGN_IN = "sign_in", "Signed in or out"
        LOADED = "loaded", "Loaded in bulk"

    position = models.BigIntegerField(primary_key=True, editable=False)
    at = models.DateTimeField(editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    who = models.BigIntegerField(null=True)
    who_name = models.TextField(blank=True)
    person = models.BigIntegerField(null=True)
    what = models.TextField(blank=True)
    why = models.TextField(blank=True)
    where_from = models.TextField(blank=True)
    of_table = models.TextField(blank=True)
    event = models.BigIntegerField(null=True)
    row = models.JSONField(null=True)
    previous = models.BinaryField(editable=False)
    hash = models.BinaryField(editable=False)

    class Meta:
        db_table = "history_entry"
        ordering = ("position",)
        indexes = (
            models.Index(fields=("person", "-position"), name="history_by_person"),
            models.Index(fields=("who", "-position"), name="history_by_who"),
        )
