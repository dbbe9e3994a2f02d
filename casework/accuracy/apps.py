"""Puts what the rules find on each person's page."""

from django.apps import AppConfig


class AccuracyConfig(AppConfig):
    name = "casework.accuracy"

    def ready(self) -> None:
        from casework.accuracy import panels

        panels.add_all()
