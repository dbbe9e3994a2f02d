"""Addresses of assessments."""

from django.urls import path

from casework.assessment import files, views

urlpatterns = [
    path("referrals/<int:referral>/assess", views.start, name="start_assessment"),
    path("assessments/<int:pk>", views.assessment, name="assessment"),
    path("assessments/<int:pk>/seen", views.seen, name="assessment_seen"),
    path("assessments/<int:pk>/not-seen", views.not_seen, name="assessment_not_seen"),
    path("assessments/<int:pk>/family", views.family, name="assessment_family"),
    path("assessments/<int:pk>/child", views.child, name="assessment_child"),
    path("assessments/<int:pk>/tools", views.tools, name="assessment_tools"),
    path("assessments/<int:pk>/tools/<str:tool>", views.tool, name="assessment_tool"),
    path("assessments/<int:pk>/factors", views.factors, name="assessment_factors"),
    path("assessments/<int:pk>/analysis", views.analysis, name="assessment_analysis"),
    path("assessments/<int:pk>/review", views.review, name="assessment_review"),
    path("assessments/<int:pk>/files", files.add_files, name="assessment_add_files"),
    path("assessments/<int:pk>/ask", views.ask, name="assessment_ask"),
    path("assessments/<int:pk>/authorise", views.authorise, name="assessment_authorise"),
    path("assessments/<int:pk>/share", views.share, name="assessment_share"),
]
