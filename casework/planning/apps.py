"""Puts plans on each child's record."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "casework.planning"

    def ready(self) -> None:
        from casework.planning import panels

        panels.add_all()
