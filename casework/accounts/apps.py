"""Sign-ins go into the history; the table that wrong passwords are counted in is made with the others."""

from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def _make_cache_table(**_kwargs: Any) -> None:
    call_command("createcachetable", verbosity=0)


class AccountsConfig(AppConfig):
    name = "casework.accounts"

    def ready(self) -> None:
        from casework.accounts import sign_ins

        sign_ins.listen()
        post_migrate.connect(_make_cache_table, sender=self, dispatch_uid="cache table")
