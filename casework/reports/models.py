"""What is worked out of the whole record and takes too long to work out for every page."""

from django.db import models


class BoardOfDay(models.Model):
    """The board as at a day, worked out at a moment from the record as it then was.

    `last_change` is the position of the latest change in the history by then: where there has been none since, working
    it out again would give the same.
    """

    as_at = models.DateField()
    worked_out_at = models.DateTimeField()
    last_change = models.BigIntegerField()
    content = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("as_at", "last_change"), name="board_once_a_change"),)
        ordering = ("-as_at", "-worked_out_at")
