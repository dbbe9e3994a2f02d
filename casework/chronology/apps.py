"""The chronology on every record."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "casework.chronology"

    def ready(self) -> None:
        from casework.chronology.panels import ASKS, standing
        from casework.people import panels

        template = "chronology/standing.html"
        panels.add(panels.Panel("standing", "Where things stand", 2, "people.read", standing, template, asks=ASKS))
        panels.add(panels.RecordPage("chronology", "Chronology", 300, "people.read", "chronology"))
