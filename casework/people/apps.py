"""People's own pages of the record, and how words are compared."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PeopleConfig(AppConfig):
    name = "casework.people"

    def ready(self) -> None:
        from casework.people import own_panels, search

        own_panels.add_all()
        connection_created.connect(search.set_likeness, dispatch_uid="likeness of words")
