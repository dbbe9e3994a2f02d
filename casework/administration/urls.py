"""Addresses of the administrator's pages."""

from django.urls import path

from casework.administration import views

urlpatterns = [
    path("accounts", views.accounts, name="accounts"),
    path("accounts/new", views.new_account, name="new_account"),
    path("accounts/roles", views.roles, name="roles"),
    path("accounts/<int:pk>", views.account, name="account"),
    path("accounts/<int:pk>/second-factor", views.remove_factor, name="remove_second_factor"),
]
