"""Letters on every record."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "casework.letters"

    def ready(self) -> None:
        from casework.letters.panels import letters_beside
        from casework.people import panels

        panels.add(panels.RecordPage("letters", "Letters", 215, "people.read", "letters"))
        panels.add(panels.Beside("letters", 10, "people.read", letters_beside, "letters/beside.html"))
        panels.add(panels.Addition("letter", "Letter", 15, "letters.write", "begin_letter"))
