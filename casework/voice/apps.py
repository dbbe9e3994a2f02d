"""The child's own words on every child's record."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "casework.voice"

    def ready(self) -> None:
        from casework.voice import on_the_record

        on_the_record.add_all()
