"""Puts core groups and child in need reviews on each child's record."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "casework.meetings"

    def ready(self) -> None:
        from casework.front_door import closing
        from casework.meetings import panels
        from casework.meetings.closing import meetings_booked

        panels.add_all()
        closing.add("meetings", meetings_booked)
