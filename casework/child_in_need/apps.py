"""Puts child in need plans on each person's page."""

from django.apps import AppConfig


class ChildInNeedConfig(AppConfig):
    name = "casework.child_in_need"

    def ready(self) -> None:
        from casework.child_in_need import panels
        from casework.child_in_need.closing import plans_open
        from casework.front_door import closing

        panels.add_all()
        closing.add("child_in_need", plans_open)
