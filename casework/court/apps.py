"""Puts this part of the record on each child's record."""

from django.apps import AppConfig


class CourtConfig(AppConfig):
    name = "casework.court"

    def ready(self) -> None:
        from casework.court import panels

        panels.add_all()
