"""Addresses of plans."""

from django.urls import path

from casework.planning.views import going, reading, writing

urlpatterns = [
    path("people/<str:reference>/plans", reading.plans, name="plans_of_person"),
    path("plans/prompts", writing.prompts, name="plan_prompts"),
    path("plans/protection/of/<path:row>", reading.protection_of_row, name="cp_plan_of_row"),
    path("plans/<str:kind>/<int:pk>", reading.plan, name="plan"),
    path("plans/<str:kind>/<int:pk>/write", writing.begin, name="write_plan"),
    path("plan-versions/<int:pk>", reading.version, name="plan_version"),
    path("plan-versions/<int:pk>/beside/<int:other>", reading.beside, name="plan_beside"),
    path("plan-versions/<int:pk>/for-parents", reading.for_parents, name="plan_for_parents"),
    path("plan-versions/<int:pk>/for-parents/words", writing.words_for_parents, name="plan_words_for_parents"),
    path("plan-versions/<int:pk>/needs/add", writing.add_need, name="add_plan_need"),
    path("plan-versions/<int:pk>/agree", writing.agree, name="agree_plan"),
    path("plan-versions/<int:pk>/throw-away", writing.throw_away, name="throw_plan_away"),
    path("plan-versions/<int:pk>/<str:part>", writing.part, name="plan_part"),
    path("plan-needs/<int:pk>", writing.need, name="plan_need"),
    path("plan-needs/<int:pk>/take-out", writing.take_need_out, name="take_plan_need_out"),
    path("plan-outcomes/<int:pk>/actions/add", writing.add_action, name="add_plan_action"),
    path("plan-outcomes/<int:pk>/change", going.change, name="plan_change"),
    path("plan-actions/<int:pk>", writing.action, name="plan_action"),
    path("plan-actions/<int:pk>/take-out", writing.take_action_out, name="take_plan_action_out"),
    path("plan-actions/<int:pk>/progress", going.progress, name="plan_progress"),
]
