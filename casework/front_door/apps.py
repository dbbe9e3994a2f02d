"""Puts this part of the record on each person's page."""

from django.apps import AppConfig


class FrontDoorConfig(AppConfig):
    name = "casework.front_door"

    def ready(self) -> None:
        from casework.front_door import panels

        panels.add_all()
