"""Puts this part of the record on each person's page."""

from django.apps import AppConfig


class ChildProtectionConfig(AppConfig):
    name = "casework.child_protection"

    def ready(self) -> None:
        from casework.child_protection import after_assessment, panels
        from casework.child_protection.closing import all_open
        from casework.front_door import closing

        panels.add_all()
        after_assessment.add_all()
        closing.add("child_protection", all_open)
