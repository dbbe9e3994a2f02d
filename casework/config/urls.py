"""Every address of the record. Each stage lists its own."""

from django.urls import include, path

from casework.access.views import accessibility

urlpatterns = [
    path("accessibility", accessibility, name="accessibility"),
    path("account/", include("allauth.urls")),
    path("", include("casework.administration.urls")),
    path("", include("casework.confidential.urls")),
    path("", include("casework.people.urls")),
    path("", include("casework.allocation.urls")),
    path("", include("casework.notes.urls")),
    path("", include("casework.drafts.urls")),
    path("", include("casework.documents.urls")),
    path("", include("casework.early_help.urls")),
    path("", include("casework.front_door.urls")),
    path("", include("casework.assessment.urls")),
    path("", include("casework.child_protection.urls")),
    path("", include("casework.child_in_need.urls")),
    path("", include("casework.planning.urls")),
    path("", include("casework.meetings.urls")),
    path("", include("casework.missing.urls")),
    path("", include("casework.exploitation.urls")),
    path("", include("casework.court.urls")),
    path("", include("casework.private_fostering.urls")),
    path("", include("casework.chronology.urls")),
    path("", include("casework.voice.urls")),
    path("", include("casework.visits.urls")),
    path("", include("casework.story.urls")),
    path("", include("casework.letters.urls")),
    path("", include("casework.accuracy.urls")),
    path("", include("casework.work.urls")),
    path("", include("casework.reports.urls")),
    path("", include("casework.access.urls")),
]

handler500 = "casework.common.trouble.something_went_wrong"
