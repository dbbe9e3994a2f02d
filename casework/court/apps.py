"""Puts this part of the record on each child's record."""

from django.apps import AppConfig


class CourtConfig(AppConfig):
    name = "casework.court"

    def ready(self) -> None:
        from casework.assessment import outcomes
        from casework.court import panels
        from casework.court.after_assessment import begin_care, care_begun

        panels.add_all()
        outcomes.add(outcomes.Next("looked_after", begin_care, care_begun))
