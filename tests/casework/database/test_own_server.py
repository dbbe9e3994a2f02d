"""The SQL that an authority's own administrator is given makes what the embedded server has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from casework.database.embedded import Server, start, stop
from casework.database.places import places
from casework.database.roles import APP, EXTENSIONS, OWNER, own_server_sql, scram_verifier


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Server]:
    """A server with neither our database nor our roles."""
    server = start(tmp_path, fast=True)
    server.superuser_sql(f"DROP DATABASE casework; DROP ROLE {APP}; DROP ROLE {OWNER};")
    yield server
    stop(tmp_path, at_once=True)
    shutil.rmtree(places(tmp_path).home)


def test_the_sql_makes_the_database_its_extensions_and_its_roles(bare: Server) -> None:
    bare.superuser_sql(own_server_sql())
    for role, password in ((OWNER, bare.owner_password), (APP, bare.app_password)):
        bare.superuser_sql(f"ALTER ROLE {role} PASSWORD '{scram_verifier(password)}';")
    with psycopg.connect(bare.owner_url()) as connection:
        connection.execute("CREATE TABLE visit (seen boolean)")
        found = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
        assert found >= set(EXTENSIONS)
    with psycopg.connect(bare.url()) as connection:
        connection.execute("INSERT INTO visit VALUES (true)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DROP TABLE visit")
