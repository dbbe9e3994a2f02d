"""Addresses of child protection."""

urlpatterns = []  # type: ignore[var-annotated]
