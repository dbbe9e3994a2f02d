"""Addresses of people's records."""

from django.urls import path

from casework.people.views import finding, record

urlpatterns = [
    path("people/find", finding.find_people, name="find_people"),
    path("people/<str:reference>", record.person, name="person"),
    path("people/<str:reference>/family", record.person_family, name="person_family"),
    path("people/<str:reference>/details", record.person_details, name="person_details"),
    path("people/<str:reference>/timeline", record.person_timeline, name="person_timeline"),
]
