"""One installation for all the bad days, and people signed in at it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from casework.database.embedded import Server
from casework.database.testing import MIGRATED, copy_to
from tests.casework.bad_days.browser import Browser
from tests.casework.bad_days.installation import PROJECT, Installation
from tests.casework.bad_days.prepare import PASSWORD

CONTACTS = 20


@pytest.fixture(scope="session")
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, server_of_the_run: Server | None
) -> Iterator[Installation]:
    """Made anew, from the run's migrated database where there is one; with --reuse-db, the one of the last run, kept in
    var/bad-days."""
    reused = request.config.getoption("reuse_db")
    var = PROJECT / "var" / "bad-days" if reused else tmp_path_factory.mktemp("bad-days")
    var.mkdir(parents=True, exist_ok=True)
    made = Installation(var)
    try:
        if server_of_the_run is not None and not reused:
            copy_to(server_of_the_run, MIGRATED, made.database)
        made.serve()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="session")
def made(installation: Installation) -> dict[str, Any]:
    """What `prepare` made."""
    words = [sys.executable, "-m", "tests.casework.bad_days.prepare", str(CONTACTS)]
    done = subprocess.run(words, cwd=PROJECT, env=installation.environment, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(autouse=True)
def as_it_was(installation: Installation) -> Iterator[None]:
    """Whatever a test broke runs again after it."""
    yield
    installation.cable.mend()
    installation.start_database()
    if installation.web is None or installation.web.poll() is not None:
        installation.serve()
    installation.wait_until(installation.answers, "everything runs again after a test")


@pytest.fixture
def signed_in(installation: Installation, made: dict[str, Any]) -> Callable[[str], Browser]:
    """A function: a browser in which the account of that role is signed in."""

    def browser(role: str) -> Browser:
        new = Browser(installation.site)
        assert new.sign_in(made[role], PASSWORD).status == 302
        return new

    return browser


@pytest.fixture
def contact(made: dict[str, Any]) -> str:
    """The number of a contact of three children that nobody has decided yet."""
    return str(made["contacts"].pop())
