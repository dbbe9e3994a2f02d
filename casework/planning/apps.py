"""What a child's plan says."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "casework.planning"
