"""People's own pages of the record."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "casework.people"

    def ready(self) -> None:
        from casework.people import own_panels

        own_panels.add_all()
