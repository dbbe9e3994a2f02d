"""Letters on every record."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "casework.letters"

    def ready(self) -> None:
        from casework.child_protection import beside
        from casework.letters.panels import letters_beside
        from casework.letters.told_before import told_before
        from casework.people import panels

        panels.add(panels.RecordPage("letters", "Letters", 215, "people.read", "letters"))
        panels.add(panels.Beside("letters", 10, "people.read", letters_beside, "letters/beside.html"))
        beside.add("letters/told_before.html", told_before)
        panels.add(panels.Addition("letter", "Letter", 15, "letters.write", "begin_letter"))
