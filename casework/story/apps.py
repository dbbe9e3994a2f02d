"""The child's words on every child's record, and their story."""

from django.apps import AppConfig


class StoryConfig(AppConfig):
    name = "casework.story"

    def ready(self) -> None:
        from casework.story import on_the_record
        from casework.story.queries import last_words
        from casework.voice.last_words import found_by

        on_the_record.add_all()
        found_by(last_words)
