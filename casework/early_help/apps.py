"""Puts this part of the record on each person's page."""

from django.apps import AppConfig


class EarlyHelpConfig(AppConfig):
    name = "casework.early_help"

    def ready(self) -> None:
        from casework.early_help import panels

        panels.add_all()
