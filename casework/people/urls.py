"""Addresses of people's records."""

from django.urls import path

from casework.people.views import adding, details, finding, genogram, merging, record, relations, warnings

urlpatterns = [
    path("people/find", finding.find_people, name="find_people"),
    path("people/add", adding.add_person, name="add_person"),
    path("people/alike", adding.alike, name="people_alike"),
    path("people/<str:reference>", record.person, name="person"),
    path("people/<str:reference>/family", record.person_family, name="person_family"),
    path("people/<str:reference>/genogram", genogram.person_genogram, name="person_genogram"),
    path("people/<str:reference>/details", record.person_details, name="person_details"),
    path("people/<str:reference>/merge", merging.find_same, name="find_same"),
    path("people/<str:reference>/merge/<str:other>", merging.merge_with, name="merge_with"),
    path("people/<str:reference>/merges", merging.merges, name="merges"),
    path("people/<str:reference>/merges/<int:pk>/undo", merging.undo_merge, name="undo_merge"),
    path("people/<str:reference>/details/<slug:topic>", details.change_topic, name="change_details"),
    path("people/<str:reference>/details/addresses/add", details.add_address, name="add_address"),
    path("people/<str:reference>/details/<slug:kind>/add", details.add_belonging, name="add_belonging"),
    path("people/<str:reference>/details/<slug:kind>/<int:pk>", details.change_belonging, name="change_belonging"),
    path(
        "people/<str:reference>/details/<slug:kind>/<int:pk>/remove", details.remove_belonging, name="remove_belonging"
    ),
    path("people/<str:reference>/warnings/<int:pk>/review", warnings.review_warning, name="review_warning"),
    path("people/<str:reference>/family/find", relations.find_relative, name="find_relative"),
    path("people/<str:reference>/family/with/<str:other>", relations.relate_to, name="relate_to"),
    path("people/<str:reference>/family/relation/<int:pk>", relations.change_relation, name="change_relation"),
    path("people/<str:reference>/family/relation/<int:pk>/remove", relations.remove_relation, name="remove_relation"),
]
