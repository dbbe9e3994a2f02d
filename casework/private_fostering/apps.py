"""Puts private fostering on each child's record."""

from django.apps import AppConfig


class PrivateFosteringConfig(AppConfig):
    name = "casework.private_fostering"

    def ready(self) -> None:
        from casework.private_fostering import panels

        panels.add_all()
