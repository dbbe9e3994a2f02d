"""A database's address, as Django wants it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

NOTICE_LOSS = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
}
"""A database that no longer answers, its cable pulled, is given up after 25 seconds; else pages wait for hours."""
PREPARE = 1_000_000
"""Only the questions that ask for it are prepared (`common/kept_queries.py`): the framework's own way is never."""
PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
"""A prepared question keeps its first plan. Left to itself PostgreSQL plans each anew, which takes four times as long
as answering it."""


def django_database(address: str) -> dict[str, Any]:
    """Django's settings for `postgresql://role:password@host:port/name?option=value`.

    Raises ValueError when the address is of another kind of database.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"DATABASE_URL names a {parts.scheme or 'nameless'} database: the record needs PostgreSQL.")
    options: dict[str, Any] = {**NOTICE_LOSS, **dict(parse_qsl(parts.query))}
    options["options"] = f"{PLANNED_ONCE} {options.get('options', '')}".strip()
    options["prepare_threshold"] = PREPARE
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
