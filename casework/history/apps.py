"""Sets the history up after every migrate."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    name = "casework.history"

    def ready(self) -> None:
        from casework.history.schema import set_up

        post_migrate.connect(set_up, sender=self, dispatch_uid="history")
