"""The child's words on every child's record, and their story."""

from django.apps import AppConfig


class StoryConfig(AppConfig):
    name = "casework.story"

    def ready(self) -> None:
        from casework.story import on_the_record

        on_the_record.add_all()
