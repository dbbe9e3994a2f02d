"""Settings of the record. What differs from one authority to the next is read from the environment, here and only here.

DATABASE_URL         the application's own role: it may not alter the history
DATABASE_OWNER_URL   the role that owns the tables; used by `migrate` alone
GOLDEN_THREAD_SECRET a long random text; without it one is made for this process, and sessions end with it
GOLDEN_THREAD_HOSTS  the names the pages are served under, with commas
GOLDEN_THREAD_HTTP   "1" where the pages are served on this machine without TLS, as the demonstration is
GOLDEN_THREAD_PROXIES through how many proxies of the authority's own a request comes: 1 without it, 0 without TLS
GOLDEN_THREAD_SECOND_FACTOR  "optional" where a password alone may open records: a demonstration, never an authority
GOLDEN_THREAD_IDLE_MINUTES  after how many minutes without a request somebody is signed out; 60 without it
GOLDEN_THREAD_DIRECTORY_SERVER and others  the council's directory to sign in with (docs/how-to/sign-in.md)
GOLDEN_THREAD_FILES  where attached files are kept
GOLDEN_THREAD_CLAMD  the virus check of attached files: unix:/run/clamav/clamd.ctl or tcp:host:3310; none without it
GOLDEN_THREAD_STANDARDS  the authority's own timescales: york, or the path of a file; empty for none
GOLDEN_THREAD_CONFERENCES  the path of the area's own rules for conferences; other areas' stand in without it
"""

import os
import secrets
import sys
from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from casework.config.address import django_database
from casework.config.directory import council_directory, directory_origins

HERE = Path(__file__).resolve().parent.parent
PROJECT = HERE.parent
PLAIN_HTTP = os.environ.get("GOLDEN_THREAD_HTTP") == "1"

SECRET_KEY = os.environ.get("GOLDEN_THREAD_SECRET") or secrets.token_urlsafe(64)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("GOLDEN_THREAD_HOSTS", "localhost,127.0.0.1").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "csp",
    "casework.common",
    "casework.accounts",
    "casework.history",
    "casework.notices",
    "casework.access",
    "casework.canonical",
    "casework.deadlines",
    "casework.drafts",
    "casework.documents",
    "casework.people",
    "casework.confidential",
    "casework.administration",
    "casework.allocation",
    "casework.notes",
    "casework.tasks",
    "casework.early_help",
    "casework.front_door",
    "casework.assessment",
    "casework.child_in_need",
    "casework.child_protection",
    "casework.planning",
    "casework.meetings",
    "casework.missing",
    "casework.exploitation",
    "casework.court",
    "casework.private_fostering",
    "casework.chronology",
    "casework.voice",
    "casework.visits",
    "casework.story",
    "casework.letters",
    "casework.accuracy",
    "casework.work",
    "casework.reports",
    "casework.demonstration",
]

MIDDLEWARE = [
    "casework.common.proxies.FromBehindProxies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "casework.common.nul.WithoutNul",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "casework.accounts.sessions.EndOldSessions",
    "casework.history.middleware.WhoIsAsking",
    "casework.drafts.middleware.KeepWhatWasSent",
    "casework.access.middleware.DenyUnlessAllowed",
]

ROOT_URLCONF = "casework.config.urls"
WSGI_APPLICATION = "casework.config.wsgi.application"
FORM_RENDERER = "casework.common.rendering.GovukRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casework.access.context.navigation",
            ],
            "builtins": ["casework.common.templatetags.golden_thread"],
        },
    }
]

_owning = len(sys.argv) > 1 and sys.argv[1] in {"migrate", "load_demonstration", "pgtrigger"}
_address = (_owning and os.environ.get("DATABASE_OWNER_URL")) or os.environ.get("DATABASE_URL")
if not _address and "makemigrations" not in sys.argv and "check" not in sys.argv and "mypy" not in sys.argv[0]:
    _asked_for_nothing = len(sys.argv) < 2 or "pytest" in sys.argv[0]
    if not _asked_for_nothing:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. Run this through bin/manage, which starts the database that comes with the "
            "project, or set it to your own server's address (docs/how-to/own-database.md)."
        )
DATABASES = {"default": django_database(_address or "postgresql:///casework")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["casework.accounts.who_asks.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_work"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "casework.accounts.adapter.NoPublicSignUp"
SOCIALACCOUNT_ADAPTER = "casework.accounts.adapter.DirectoryOnlyKnownStaff"
MFA_ADAPTER = "casework.accounts.adapter.SecondFactors"
ACCOUNT_FORMS = {
    "login": "casework.accounts.forms.SignIn",
    "reauthenticate": "casework.accounts.forms.PasswordAgain",
    "change_password": "casework.accounts.forms.NewPassword",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/15m/key"}
MFA_FORMS = {
    "authenticate": "casework.accounts.forms.SecondFactor",
    "reauthenticate": "casework.accounts.forms.CodeAgain",
    "activate_totp": "casework.accounts.forms.FirstCode",
    "add_webauthn": "casework.accounts.forms.NewPasskey",
    "edit_webauthn": "casework.accounts.forms.RenamedPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator gave the address; nobody signs themselves up
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PLAIN_HTTP
MFA_TOTP_ISSUER = "Golden Thread"
SECOND_FACTOR_REQUIRED = os.environ.get("GOLDEN_THREAD_SECOND_FACTOR", "required") != "optional"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = council_directory(os.environ)

SESSION_ENGINE = "casework.accounts.who_asks"
SESSION_COOKIE_AGE = 9 * 60 * 60  # from signing in, however busy: a day's work
SESSION_IDLE_AGE = int(os.environ.get("GOLDEN_THREAD_IDLE_MINUTES", "60")) * 60  # without a request
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PROXIES = int(os.environ.get("GOLDEN_THREAD_PROXIES", "0" if PLAIN_HTTP else "1"))
# Nothing is told to other sites. "no-referrer" would also make browsers send a form's origin as "null", which the check
# against forged forms refuses: nobody could sign in.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "casework.drafts.middleware.page_out_of_date"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *directory_origins(os.environ)],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
VAR = Path(os.environ.get("GOLDEN_THREAD_VAR", PROJECT / "var"))
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [HERE / "static"]
MEDIA_ROOT = Path(os.environ.get("GOLDEN_THREAD_FILES", VAR / "files"))
CLAMD = os.environ.get("GOLDEN_THREAD_CLAMD", "")
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = HERE / "static" / "root"
"""Served from the root of the address: what browsers ask for there unasked."""
WHITENOISE_AUTOREFRESH = False

CONFERENCE_PROTOCOL = os.environ.get("GOLDEN_THREAD_CONFERENCES", "")
MISSING_STANDARDS = os.environ.get("GOLDEN_THREAD_MISSING", "")
SUMMARY_STANDARDS = os.environ.get("GOLDEN_THREAD_SUMMARY", "")
LOCAL_STANDARDS = os.environ.get("GOLDEN_THREAD_STANDARDS", "york")

PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_APPEND_ONLY = True
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
"""Triggers are as the models declare them after every migrate: a third of each migration would be theirs otherwise."""

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
"""Shared by every process, so that wrong passwords are counted once wherever they are tried."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "casework.common.logs.NothingPersonal",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
