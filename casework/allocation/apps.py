"""Puts this part of the record on each person's page."""

from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "casework.allocation"

    def ready(self) -> None:
        from casework.allocation import panels

        panels.add_all()
