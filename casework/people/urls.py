"""Addresses of people's records."""

from django.urls import path

from casework.people import views

urlpatterns = [
    path("people/find", views.find_people, name="find_people"),
    path("people/<str:reference>", views.person, name="person"),
]
