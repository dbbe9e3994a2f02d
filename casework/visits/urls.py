"""Addresses of visits."""

from django.urls import path

from casework.visits import views

urlpatterns = [
    path("people/<str:reference>/visits", views.of_person, name="visits_of_person"),
    path("people/<str:reference>/visits/add", views.record, name="record_visit"),
    path("visits/of/<path:row>", views.visit_of_row, name="visit_row"),
    path("visits/<int:pk>", views.visit, name="visit"),
    path("visits/<int:pk>/put-right", views.put_right, name="put_visit_right"),
]
