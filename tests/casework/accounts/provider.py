"""A council's directory for the tests: django-oauth-toolkit, an OpenID Connect provider of another maker, by itself.

    python provider.py FOLDER PORT CALLBACK...

serves it from a SQLite file in the folder. It asks for PKCE. Who is `is_staff` in it has a verified address.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

CLIENT, SECRET, PASSWORD = "golden-thread", "a secret for tests", "a directory password 3"
PEOPLE = {"known": True, "stranger": True, "unverified": False, "left": True}
"""Who is in the directory, and whether it has verified their address."""
LOGIN = '<form method="post">{% csrf_token %}{{ form }}<button>Sign in to the directory</button></form>'


def configure(folder: Path) -> None:
    """The provider's own settings: nothing is shared with the record."""
    import django
    from django.conf import settings
    from jwcrypto.jwk import JWK

    settings.configure(
        SECRET_KEY="for tests", ALLOWED_HOSTS=["localhost"], ROOT_URLCONF="directory_urls", LOGIN_URL="/in",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
                        "oauth2_provider"],
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware",
                    "django.middleware.csrf.CsrfViewMiddleware",
                    "django.contrib.auth.middleware.AuthenticationMiddleware"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": [
            ("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN})]}}],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "directory.sqlite3"}},
        SESSION_COOKIE_NAME="directory_session", CSRF_COOKIE_NAME="directory_csrf",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"], USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True, "PKCE_REQUIRED": True,
            "OIDC_RSA_PRIVATE_KEY": JWK.generate(kty="RSA", size=2048).export_to_pem(True, None).decode(),
            "OAUTH2_VALIDATOR_CLASS": "directory_claims.Claims",
            "SCOPES": {"openid": "who", "profile": "name", "email": "address"},
        },
    )  # fmt: skip
    django.setup()


def modules() -> None:
    """The two modules that the settings name, made here so that the provider is one file."""
    import types

    from django.contrib.auth.views import LoginView
    from django.urls import include, path

    urls = types.ModuleType("directory_urls")
    urls.urlpatterns = [  # type: ignore[attr-defined]
        path("in", LoginView.as_view()),
        path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    ]
    sys.modules["directory_urls"] = urls

    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Claims(OAuth2Validator):  # type: ignore[misc]
        oidc_claim_scope = None

        def get_additional_claims(self) -> dict[str, Any]:
            return {
                "email": lambda request: request.user.email,
                "email_verified": lambda request: request.user.is_staff,
                "name": lambda request: request.user.username,
            }

    told = types.ModuleType("directory_claims")
    told.Claims = Claims  # type: ignore[attr-defined]
    sys.modules["directory_claims"] = told


def fill(callbacks: list[str]) -> None:
    """The people, and the record as a client that may ask who they are."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name, verified in PEOPLE.items():
        User.objects.create_user(name, f"{name}@amberford.example", PASSWORD, is_staff=verified)
    Application.objects.create(
        name="Golden Thread", client_id=CLIENT, client_secret=SECRET, client_type="confidential",
        authorization_grant_type="authorization-code", redirect_uris=" ".join(callbacks), algorithm="RS256",
        skip_authorization=True,
    )  # fmt: skip


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


if __name__ == "__main__":
    configure(Path(sys.argv[1]))
    modules()
    fill(sys.argv[3:])
    from django.core.wsgi import get_wsgi_application

    with make_server("localhost", int(sys.argv[2]), get_wsgi_application(), handler_class=Quiet) as server:
        print("serving", flush=True)
        server.serve_forever()
