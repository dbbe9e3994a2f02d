"""The time, asked in one place, so that everything else is given it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment. Views and jobs ask it once and pass it on as `at=`."""
    return timezone.now()


def today() -> date:
    """This day in England."""
    return timezone.localdate(now())


def local(moment: datetime) -> datetime:
    """England's clock time of a moment, without its zone, as the core counts."""
    return timezone.localtime(moment).replace(tzinfo=None)


def in_england(moment: datetime) -> datetime:
    """The moment that England's clocks showed so; of an hour that came twice, the first."""
    return timezone.make_aware(moment)
