"""Puts visits on each child's record."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "casework.visits"

    def ready(self) -> None:
        from casework.visits import panels

        panels.add_all()
