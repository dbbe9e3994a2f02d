"""Delete the contents of files whose saving was broken off, so that no row tells of them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from casework.common import clock
from casework.documents.actions import LOOSE_AFTER, remove_loose_files


class Command(BaseCommand):
    help = "Delete stored contents that belong to no record and are more than a day old."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = remove_loose_files(older_than=clock.now() - LOOSE_AFTER)
        self.stdout.write(f"{removed} loose file{'' if removed == 1 else 's'} deleted.")
