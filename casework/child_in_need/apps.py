"""Child in need plans."""

from django.apps import AppConfig


class ChildInNeedConfig(AppConfig):
    name = "casework.child_in_need"
