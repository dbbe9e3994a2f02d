"""The reference: one page of the same framework, with one query. gunicorn bench.bare, DATABASE_URL as the record's."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from casework.config.address import django_database


def page(request: HttpRequest) -> HttpResponse:
    """A heading and a number of the database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_person ORDER BY id LIMIT 1")
        (found,) = cursor.fetchone()
    return HttpResponse(f"<!DOCTYPE html><title>Bare</title><h1>{found}</h1>")


urlpatterns = [path("bare", page)]
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="nothing is signed",
    DATABASES={"default": django_database(os.environ["DATABASE_URL"])}, INSTALLED_APPS=[],
)  # fmt: skip
django.setup()
application = get_wsgi_application()
