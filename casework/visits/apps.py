"""Puts visits on each child's record."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "casework.visits"

    def ready(self) -> None:
        from casework.child_protection import moving
        from casework.visits import panels
        from casework.visits.actions import lay_anew

        panels.add_all()
        moving.add("visits", lay_anew)
