"""Addresses of early help."""

from django.urls import path

from casework.early_help import team_views, views

urlpatterns = [
    path("early-help", views.families, name="early_help_families"),
    path("people/<str:reference>/early-help/begin", views.begin, name="begin_early_help"),
    path("people/<str:reference>/who-is-working", views.who_is_working, name="who_is_working"),
    path("early-help/<int:pk>", views.family, name="early_help"),
    path("early-help/<int:pk>/consent", views.consent, name="early_help_consent"),
    path("early-help/<int:pk>/write", views.write, name="early_help_write"),
    path("early-help/<int:pk>/complete", views.complete, name="early_help_complete"),
    path("early-help/<int:pk>/team", team_views.member, name="early_help_member"),
    path("early-help/<int:pk>/team/<int:member>/leaves", team_views.member_leaves, name="early_help_member_leaves"),
    path("early-help/<int:pk>/lead", team_views.lead, name="early_help_lead"),
    path("early-help/<int:pk>/give", team_views.to_team, name="early_help_to_team"),
    path("early-help/<int:pk>/plan", views.plan, name="early_help_plan"),
    path("early-help/<int:pk>/step", views.step, name="early_help_step"),
    path("early-help/<int:pk>/step/<int:step>", views.finish_step, name="early_help_finish_step"),
    path("early-help/<int:pk>/review", views.review, name="early_help_review"),
    path("early-help/<int:pk>/close", views.close, name="early_help_close"),
]
