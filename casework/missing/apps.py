"""Puts this part of the record on each child's record."""

from django.apps import AppConfig


class MissingConfig(AppConfig):
    name = "casework.missing"

    def ready(self) -> None:
        from casework.missing import panels

        panels.add_all()
