"""`manage.py load_demonstration`: a made-up authority as a live record, with staff of every role."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.access.roles import ROLES
from casework.accounts.models import User
from casework.accuracy.actions.checks import check_everything
from casework.canonical.actions import BroughtOver, bring_over
from casework.canonical.left_out import listing
from casework.common import clock
from casework.common.refused import Refused
from casework.deadlines.recompute import recompute
from casework.demonstration.front_door import fill_the_front_door
from casework.demonstration.missing import children_who_go_missing
from casework.demonstration.planted import explained
from casework.demonstration.staff import staff_the_authority
from casework.demonstration.voice import children_are_heard
from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.dataset.synthetic.authority import DEFAULT_FAULTS, synthesise

WHY = "The demonstration authority. Everybody in it is made up."
SOME_LEFT_OUT = 3
"""The exit status where the record was loaded but for rows that nobody spoilt on purpose: 1 is that nothing was."""


class Command(BaseCommand):
    help = (
        "Make up an authority and load it as a live record. Run as the role that owns the tables, on an empty record. "
        "Rows whose planted fault the record refuses are left out, with what belongs to them, and listed. Ends with 3 "
        "where anything else was left out too; the rest is loaded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--children", type=int, help="how many children; a city of York's size unless said")
        parser.add_argument(
            "--faults", type=float, default=DEFAULT_FAULTS, help="the share of rows in which a fault of recording is "
            "planted, as a real record has them; 0 for none"
        )  # fmt: skip
        parser.add_argument("--seed", type=int, default=10)
        parser.add_argument("--as-at", type=date.fromisoformat, help="the record's last day; yesterday unless said")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        as_at = options["as_at"] or clock.today() - timedelta(days=1)
        password = os.environ.get("GOLDEN_THREAD_DEMO_PASSWORD") or secrets.token_urlsafe(12)
        self.stderr.write("Making up the authority")
        frames, manifest, faults = synthesise(options["children"], options["seed"], as_at, faults=options["faults"])
        self.stderr.write("Loading its record")
        try:
            brought = bring_over(frames, manifest, why=WHY)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stderr.write("Working out every clock")
        found = recompute(at=at)
        accounts = staff_the_authority(password)
        fill_the_front_door(by=User.objects.get(role="front_door_officer"), at=at)
        children_who_go_missing(by=User.objects.get(role="group_manager"), at=at)
        children_are_heard(at=at)
        self.stderr.write("Checking it by the returns’ rules")
        check_everything(at=at)
        rows = f"{sum(one.kept for one in brought.tables):,} rows, {found.clocks:,} clocks"
        self.stdout.write(f"{manifest.authority_name}: {rows}, as at {as_at:%-d %B %Y}.")
        for account in accounts:
            self.stdout.write(f"  {ROLES[account.role].title:<32} {account.email}")
        self.stdout.write(f"Everybody's password: {password}")
        if brought.left_out:
            self._list(brought, faults)

    def _list(self, brought: BroughtOver, faults: pl.DataFrame) -> None:
        """Write the list of what was left out, for its owner alone to read, and say how much of what it is, and why."""
        path = settings.VAR / "left-out.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(neutralised_frame(listing(brought.left_out)).write_csv())
        counted = Counter((one.table, one.left_out) for one in brought.left_out)
        for (table, what), number in sorted(counted.items()):
            self.stderr.write(f"  {table}: {number} {what}{'' if number == 1 else 's'} left out")
        why = explained(brought.left_out, faults)
        self.stderr.write(
            f"These {len(why.planted) + len(why.hanging)} were left out on purpose: {len(why.planted)} rows have a "
            f"planted fault, as real records have them, that the record refuses, and {len(why.hanging)} rows and "
            f"cells belong to those. Each is in {path}."
        )
        if why.others:
            raise CommandError(
                f"{len(why.others)} more rows and cells could not be taken; the rest is loaded. The first is "
                f"{why.others[0].table} {why.others[0].key}.", returncode=SOME_LEFT_OUT,
            )  # fmt: skip
