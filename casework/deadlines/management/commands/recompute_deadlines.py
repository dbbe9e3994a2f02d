"""`manage.py recompute_deadlines`: is every clock kept as the record has it?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.common import clock
from casework.deadlines.recompute import recompute

SHOWN = 100


class Command(BaseCommand):
    help = "Work every clock out anew, say which differ from those kept, and mend them. Exit status 1 where any did."

    def handle(self, *args: Any, **options: Any) -> None:
        found = recompute(at=clock.now())
        for one in found.wrong[:SHOWN]:
            self.stderr.write(f"{one}.")
        if found.wrong:
            raise CommandError(
                f"{len(found.wrong)} of {found.clocks} clocks differed from what the record says. They are mended; "
                "find which action did not bring them up to date."
            )
        if found.first:
            self.stdout.write(f"{found.clocks} clocks worked out for the first time.")
            return
        brought = f"The days since the last run brought {found.of_themselves} of themselves."
        self.stdout.write(f"{found.clocks} clocks, all as kept. {brought}")
