"""Puts this part of the record on each person's page."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "casework.assessment"

    def ready(self) -> None:
        from casework.assessment import panels

        panels.add_all()
