"""From the police's call to the end of the assessment: the front door, strategy discussion, enquiry and assessment."""

from __future__ import annotations

from datetime import date, datetime

from casework.assessment.models import Assessment
from casework.child_protection.models import DiscussedChild, Section47Enquiry
from casework.front_door.models import Contact, Referral
from casework.tasks.models import Task
from goldenthread.timeliness.status import Status
from tests.casework.fourteen_months.case import Case


def the_police_tell(case: Case) -> None:
    """On Friday 27 November at five; decided on Saturday, the next step on Monday. test_journey.py takes these pages
    in a browser."""
    case.time.is_now(2026, 11, 27, 17, 10)
    children = case.duty.sends(
        "/contacts/record", received_at=datetime(2026, 11, 27, 17, 0), out_of_hours="no", source="6",
        agency="Amberford Police", caller_name="PC Pat Sample", urgency="today", children=1, adults=0,
        concern="A burn that nobody explains.",
    )  # fmt: skip
    case.duty.sends(
        children, child_1_forename="Ada", child_1_surname="Sample", child_1_born_on=date(2015, 3, 2)
    )  # fmt: skip
    contact = Contact.objects.get()
    at = f"/contacts/{contact.reference}"
    case.duty.sends(f"{at}/match", **{f"named_{contact.named.get().pk}": str(case.ada.pk)})
    case.stands("contact_decision_24h_york", date(2026, 11, 28), Status.due)
    case.time.is_now(2026, 11, 28, 11)
    case.decider.sends(
        f"{at}/decide", level_of_need="4", outcome="referral", primary_need="N1", team=case.team.pk, reason="A burn."
    )
    case.stands("contact_decision_24h_york", date(2026, 11, 28), Status.met)
    case.stands("referral_decision_1wd", date(2026, 11, 30), Status.due)  # Monday: the next working day
    case.time.is_now(2026, 11, 30, 10)
    referral = Referral.objects.get()
    case.decider.sends(f"/referrals/{referral.reference}/decide", outcome="strategy_discussion", reason="Likely harm.")
    case.stands("referral_decision_1wd", date(2026, 11, 30), Status.met)
    case.duty.sends(f"{at}/tell", kind="outcome", how="telephone", what="We meet with you this afternoon.")
    case.stands("referral_acknowledgement_1wd", date(2026, 11, 30), Status.met)
    case.manager.sends(f"{case.record}/allocate", worker=case.worker.user.worker_id)
    case.pictured("record")


def it_is_discussed(case: Case) -> None:
    """On Monday 30 November at two, with police and health: an enquiry together."""
    case.time.is_now(2026, 11, 30, 15)
    desk = case.desks["worker"]
    desk.go(f"{case.record}/strategy")
    desk.sent(
        held_at=datetime(2026, 11, 30, 14, 0), needed_on=date(2026, 11, 27), how="video", why="A burn.",
        took_part_police="DS Example", took_part_health="Dr Sample", took_part_social_care="Wilma Sample",
        shared="Police: two call-outs.",
    )  # fmt: skip
    part = DiscussedChild.objects.get()
    desk.go(f"/strategy/{part.pk}/decide")
    desk.sent(**{f"outcome_{part.pk}": "joint", f"reasons_{part.pk}": "Likely harm."})
    # 1 to 4, 7 to 11 and 14 to 18 December are fourteen; Monday 21 December is the fifteenth.
    case.stands("s47_to_icpc_15wd", date(2026, 12, 21), Status.due)
    case.stands("child_seen_24h_york", date(2026, 12, 1), Status.due)  # at two o'clock
    case.pictured("strategy", f"/strategy/{part.pk}")


def it_is_enquired_into(case: Case) -> None:
    """She is seen alone the next morning; signed off on Tuesday 8 December."""
    case.time.is_now(2026, 12, 1, 11)
    at = f"/enquiries/{Section47Enquiry.objects.get().pk}"
    desk, manager = case.desks["worker"], case.desks["manager"]
    desk.go(f"{at}/seen")
    desk.sent(seen_at=datetime(2026, 12, 1, 10, 0), alone="yes", where="School", what_was_said="He gets cross.")
    case.stands("child_seen_24h_york", date(2026, 12, 1), Status.met)
    case.worker.sends(
        f"{at}/finding", agency="health", who="Dr Sample", told_on=date(2026, 12, 1), found="A burn, a day old."
    )
    case.worker.sends(
        f"{at}/meaning", analysis="Held to a hob.", proposed_finding="likely", parents_views="An accident."
    )
    case.worker.sends(f"{at}/ask", of=case.manager.user.pk)
    case.time.is_now(2026, 12, 8)
    manager.go(f"{at}/sign")
    manager.sent(answer="sign", finding="likely", direction="Conference; see weekly.")
    case.pictured("enquiry", at)


def it_is_assessed(case: Case) -> None:
    """Begun on Tuesday 8 December; authorised on Monday 4 January, in time by both clocks."""
    referral = Referral.objects.get()
    case.worker.sends(f"/referrals/{referral.pk}/assess", children=[referral.pk], worker=case.worker.user.worker_id)
    at = f"/assessments/{Assessment.objects.get().pk}"
    # From Friday 27 November, as test_journey.py counts: 3 February. From 8 December: 9 to 11, 14 to 18, 21 to 24 and
    # 29 to 31 December are fifteen; four weeks of January make thirty-five, 1 to 5 and 8 to 12 February forty-five.
    case.stands("single_assessment_45wd", date(2027, 2, 3), Status.due)
    case.stands("single_assessment_45wd_census", date(2027, 2, 12), Status.due)
    case.worker.sends(
        f"{at}/seen", seen_on=date(2026, 12, 8), alone="yes", where="School", what_was_said="I hide."
    )  # fmt: skip
    case.worker.sends(f"{at}/child", needs="Quiet nights.", childs_words="I hide.", how_heard="Talking.")
    case.worker.sends(f"{at}/family", parenting="Warm.", parents_views="We want help.")
    case.worker.sends(f"{at}/factors", factors=["3A"])
    case.worker.sends(
        f"{at}/analysis", analysis="Watchful.", what_next="A conference.", proposed_outcome="conference"
    )  # fmt: skip


def it_is_authorised(case: Case) -> None:
    """On Monday 4 January, after the conference."""
    case.time.is_now(2027, 1, 4)
    at = f"/assessments/{Assessment.objects.get().pk}"
    case.worker.sends(f"{at}/ask", of=case.manager.user.pk)
    case.manager.sends(f"{at}/authorise", answer="authorise", outcome="conference", direction="As the plan says.")
    case.stands("single_assessment_45wd", date(2027, 2, 3), Status.met)
    case.stands("single_assessment_45wd_census", date(2027, 2, 12), Status.met)
    assert not Task.objects.filter(person=case.ada, done_at=None).exists()  # nobody has to bring her to a conference
