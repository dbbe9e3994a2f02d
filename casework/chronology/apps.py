"""The chronology on every record."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "casework.chronology"

    def ready(self) -> None:
        from casework.people import panels

        panels.add(panels.RecordPage("chronology", "Chronology", 300, "people.read", "chronology"))
