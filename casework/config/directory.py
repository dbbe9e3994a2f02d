"""The council's directory: who somebody is, by OpenID Connect, where an authority has one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

NAMED = "GOLDEN_THREAD_DIRECTORY_"


def council_directory(environment: Mapping[str, str]) -> dict[str, Any]:
    """The sign-in library's settings for the directory named in the environment; empty where none is.

    GOLDEN_THREAD_DIRECTORY_SERVER (its address, which serves .well-known/openid-configuration), _CLIENT and _SECRET
    (what the directory gave us) and _NAME (what the sign-in page calls it). Raises ValueError when some are missing.
    """
    given = {name: environment.get(NAMED + name, "") for name in ("SERVER", "CLIENT", "SECRET")}
    if not any(given.values()):
        return {}
    if missing := [NAMED + name for name, value in given.items() if not value]:
        raise ValueError(f"The council's directory is only half described: {', '.join(missing)} has no value.")
    app = {
        "provider_id": "directory",
        "name": environment.get(NAMED + "NAME", "your council account"),
        "client_id": given["CLIENT"],
        "secret": given["SECRET"],
        "settings": {"server_url": given["SERVER"], "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def directory_origins(environment: Mapping[str, str]) -> list[str]:
    """Where the sign-in form may lead the browser: the directory's own origin, and those of its sign-in pages.

    A browser that is sent on from a form checks each address on the way against the page's policy.
    GOLDEN_THREAD_DIRECTORY_PAGES (addresses, with commas) names them where they are served from elsewhere.
    """
    named = [environment.get(NAMED + "SERVER", ""), *environment.get(NAMED + "PAGES", "").split(",")]
    parts = [urlsplit(address.strip()) for address in named if address.strip()]
    return list(dict.fromkeys(f"{part.scheme}://{part.netloc}" for part in parts))
