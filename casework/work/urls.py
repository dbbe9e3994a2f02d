"""Addresses of each worker's and team's work."""

from django.urls import path

from casework.work import task_views, unfinished, views

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("unfinished", unfinished.unfinished, name="unfinished"),
    path("teams", views.teams, name="teams"),
    path("teams/<int:pk>", views.team, name="team"),
    path("tasks", task_views.tasks, name="tasks"),
    path("people/<str:reference>/task", task_views.give_task, name="give_task"),
    path("tasks/<int:pk>/done", task_views.finish_task, name="finish_task"),
    path("tasks/<int:pk>/pass", task_views.pass_task, name="pass_task"),
    path("sign-offs/<int:pk>/take-back", task_views.take_back, name="take_back_sign_off"),
    path("tasks/<int:pk>/take", task_views.take_task, name="take_task"),
]
