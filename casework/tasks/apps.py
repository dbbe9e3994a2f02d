"""Puts this part of the record on each person's page."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "casework.tasks"

    def ready(self) -> None:
        from casework.tasks import panels

        panels.add_all()
