"""Puts plans on each child's record, and begins one where an assessment ends so."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "casework.planning"

    def ready(self) -> None:
        from casework.assessment import outcomes
        from casework.planning import panels
        from casework.planning.after_assessment import need_plans_opened, open_need_plan

        panels.add_all()
        outcomes.add(outcomes.Next("child_in_need", open_need_plan, need_plans_opened))
