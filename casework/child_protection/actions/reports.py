"""The reports that those invited to a conference give: that one came, and the paper itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over
from casework.child_protection.models import Invitation
from casework.child_protection.queries.reports import has_paper
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.documents.actions import attach
from casework.documents.checking import Checked


@whole
def note_report(
    invitation: Invitation, *, arrived_on: date | None, files: Sequence[Checked] = (), about: Sequence[int] = (),
    by: User, at: datetime,
) -> None:  # fmt: skip
    """The report of the one invited has come, on paper that goes on the records of the children it is `about` (their
    keys), or without. Without a day it has not come after all.
    """
    if arrived_on is not None:
        check_day(arrived_on, timezone.localdate(at), "arrived_on")
    elif files or has_paper(invitation):
        raise Refused("A paper of this report is attached. Say when it came.", "arrived_on")
    if files and not about:
        raise Refused("Choose the children it is about.", "about")
    invitation.report_arrived_on = arrived_on
    invitation.report_wanted = invitation.report_wanted or arrived_on is not None
    save_over(invitation, None)
    for one in files:
        title = f"Report of {invitation.name}: {one.name}"[:200]
        attach([one], people=about, title=title, attached_to=invitation.reference, by=by, at=at)
