"""The kinds of letter: what each may say from the record, and which row of the record it tells of."""

from casework.letters.kinds import assessments, chronologies, conferences, front_door, meetings, plans, reports
from casework.letters.kinds.common import COMMON, common
from casework.letters.kinds.model import Field, Kind, Source, Whom

FREE = Kind("free", "Letter on anything else", ())
KINDS = {
    one.code: one
    for one in (
        front_door.OUTCOME, front_door.ANSWER, assessments.BEGINS, assessments.OUTCOME, plans.PLAN, meetings.MINUTES,
        reports.REPORT, conferences.INVITATION, conferences.MINUTES, chronologies.COURT, FREE,
    )
}  # fmt: skip
"""Every kind by its code."""


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """Every field that a template of that kind may use."""
    return (*COMMON, *kind.fields)


__all__ = ["FREE", "KINDS", "Field", "Kind", "Source", "Whom", "common", "fields_of"]
