"""Puts child in need plans on each person's page."""

from django.apps import AppConfig


class ChildInNeedConfig(AppConfig):
    name = "casework.child_in_need"

    def ready(self) -> None:
        from casework.child_in_need import panels

        panels.add_all()
