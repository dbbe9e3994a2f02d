"""Case notes and files on every record."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "casework.notes"

    def ready(self) -> None:
        from casework.notes import on_the_record

        on_the_record.add_all()
