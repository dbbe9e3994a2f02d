"""The night that she is missing."""

from __future__ import annotations

from datetime import date, datetime

from casework.missing.models import MissingEpisode
from goldenthread.timeliness.status import Status
from tests.casework.fourteen_months.case import Case


def she_goes_missing(case: Case) -> None:
    """From Friday 14 May to the Saturday morning; the talk has to be had by Tuesday at half past nine."""
    case.time.is_now(2027, 5, 14, 22)
    desk = case.desks["worker"]
    desk.go(f"{case.record}/missing/new")
    desk.sent(
        kind="M", started_at=datetime(2027, 5, 14, 19, 0), reported_at=datetime(2027, 5, 14, 21, 0),
        reported_by="Mo Sample, mother", risk="high",
    )  # fmt: skip
    episode = MissingEpisode.objects.get()
    desk.go(case.record)
    assert "for 3 hours, since 14 May 2027" in desk.page.inner_text("body")
    case.pictured("missing")
    case.time.is_now(2027, 5, 15, 11)
    desk.go(f"/missing/{episode.pk}/back")
    desk.sent(ended_at=datetime(2027, 5, 15, 9, 30), how_back="police", found_where="Sample Station")
    assert "18 May 2027 at 9:30am" in desk.text
    case.stands("return_interview_72h", date(2027, 5, 18), Status.due)
    she_is_talked_to(case, episode)


def she_is_talked_to(case: Case, episode: MissingEpisode) -> None:
    """On Monday, by somebody independent; what she says is kept with her words."""
    case.time.is_now(2027, 5, 17, 16, 30)
    desk = case.desks["worker"]
    desk.go(f"/missing/{episode.pk}/talk")
    desk.sent(
        held_at=datetime(2027, 5, 17, 16, 0), interviewer="Tess Talker, Example Voices", independent="yes",
        words="I wanted to see Nan.", how="talk", draw=["family"],
    )  # fmt: skip
    case.stands("return_interview_72h", date(2027, 5, 18), Status.met)
    assert "I wanted to see Nan." in case.worker.reads(f"{case.record}/words")
