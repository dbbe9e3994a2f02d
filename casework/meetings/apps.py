"""Puts core groups and child in need reviews on each child's record."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "casework.meetings"

    def ready(self) -> None:
        from casework.meetings import panels

        panels.add_all()
