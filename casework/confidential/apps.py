"""Puts this part of the record on each person's page."""

from django.apps import AppConfig


class ConfidentialConfig(AppConfig):
    name = "casework.confidential"

    def ready(self) -> None:
        from casework.confidential import panels

        panels.add_all()
