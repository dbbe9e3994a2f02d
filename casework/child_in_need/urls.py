"""Addresses of child in need plans."""

from django.urls import path

from casework.child_in_need import views

urlpatterns = [
    path("people/<str:reference>/plans/begin", views.begin, name="begin_cin_plan"),
    path("plans/need/of/<path:row>", views.plan_of_row, name="cin_plan_of_row"),
    path("plans/need/<int:pk>/end", views.end, name="end_cin_plan"),
]
