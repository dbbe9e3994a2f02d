"""The database, its extensions and its two roles, as SQL.

`casework_owner` owns the tables and runs the migrations. `casework_app` is what the web application and its jobs sign
in as: it reads and writes rows, and can neither alter a table nor own one, so it cannot reach round the history.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

DATABASE = "casework"
OWNER = "casework_owner"
APP = "casework_app"
EXTENSIONS = ("btree_gist", "pg_trgm", "fuzzystrmatch", "unaccent")
"""Periods that may not overlap; names misspelt; names that sound alike; names with accents. All of them come with
PostgreSQL. Hashes need no extension: `sha256()` is built in."""
ITERATIONS = 4096


def roles_sql(owner_secret: str | None, app_secret: str | None) -> str:
    """The SQL that makes both roles, or brings them back to what they should be. Harmless to run again.

    A secret is a password or its `scram_verifier`. None leaves the role's password as it is.
    """
    return "\n".join(
        [
            *(make_role(name, secret) for name, secret in ((OWNER, owner_secret), (APP, app_secret))),
            # What the application may do, the owner may do: so the owner can `SET ROLE casework_app` to try it.
            f"GRANT {APP} TO {OWNER};",
        ]
    )


def make_role(name: str, secret: str | None) -> str:
    password = "" if secret is None else f" PASSWORD '{secret}'"
    return f"""\
DO $$ BEGIN CREATE ROLE {name}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
ALTER ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS{password};"""


def create_database_sql(name: str = DATABASE) -> str:
    """The SQL that makes an empty database of the owner's. Names sort and fold the same on every machine."""
    return (
        f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8' "
        "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';"
    )


def database_sql(name: str = DATABASE) -> str:
    """The SQL, run inside the database by a superuser, that gives each role its place in it. Harmless to run again."""
    return "\n".join(
        [
            f"ALTER DATABASE {name} OWNER TO {OWNER};",
            f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;",
            f"GRANT CONNECT ON DATABASE {name} TO {APP};",
            schema_sql(),
        ]
    )


def schema_sql() -> str:
    """The part of `database_sql` that a copy of the database keeps."""
    return "\n".join(
        [
            *(f"CREATE EXTENSION IF NOT EXISTS {extension} SCHEMA public;" for extension in EXTENSIONS),
            f"ALTER SCHEMA public OWNER TO {OWNER};",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
            f"GRANT USAGE ON SCHEMA public TO {APP};",
            # New tables: rows may be read and written. A history table's migration takes UPDATE and DELETE away again.
            f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public",
            f"    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};",
            f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP};",
        ]
    )


def scram_verifier(password: str, salt: bytes | None = None) -> str:
    """What PostgreSQL stores of a password (RFC 5802), so that the password itself is never sent or logged."""
    salt = salt or secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode("ascii"), salt, ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt_text, stored_text, server_text = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return f"SCRAM-SHA-256${ITERATIONS}:{salt_text}${stored_text}:{server_text}"


def own_server_sql() -> str:
    """What an authority's own administrator runs once with psql as a superuser, with two passwords to fill in."""
    return "\n".join(
        [
            "-- Run with psql as a superuser, once. Then give each role a password of your own:",
            f"--   \\password {OWNER}",
            f"--   \\password {APP}",
            roles_sql(None, None),
            f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0 ENCODING 'UTF8';",
            f"\\connect {DATABASE}",
            database_sql(),
        ]
    )
