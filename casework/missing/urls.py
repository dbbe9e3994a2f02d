"""Addresses of missing children."""

from django.urls import path

from casework.missing import views

urlpatterns = [
    path("missing", views.now, name="missing_now"),
    path("people/<str:reference>/missing", views.of_person, name="missing_of_person"),
    path("people/<str:reference>/missing/new", views.report, name="report_missing"),
    path("missing/<int:pk>", views.episode, name="missing_episode"),
    path("missing/of/<path:row>", views.episode_of_row, name="missing_row"),
    path("missing/<int:pk>/change", views.change, name="change_missing"),
    path("missing/<int:pk>/done", views.step, name="missing_step"),
    path("missing/<int:pk>/told", views.told, name="missing_told"),
    path("missing/<int:pk>/back", views.back, name="missing_back"),
    path("missing/<int:pk>/police", views.police, name="missing_police"),
    path("missing/<int:pk>/offer", views.offer, name="missing_offer"),
    path("missing/<int:pk>/talk", views.talk, name="missing_talk"),
]
