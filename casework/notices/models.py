"""What the system tells a member of staff: shown in the pages until it has been read."""

from django.db import models


class Notice(models.Model):
    """One thing told to one account. `address` is the page it is about."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices")
    text = models.TextField()
    address = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        indexes = (models.Index(fields=("user",), name="notice_unread", condition=models.Q(read_at=None)),)
