"""The social worker's report to a child protection conference: nothing is asked again that the record has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.child_protection.models import ChildAtConference, Section47Enquiry
from casework.chronology.lines import lines_of
from casework.common.templatetags.golden_thread import day, moment
from casework.letters.kinds.conferences import BOTH, both, invited, of, planned
from casework.letters.kinds.model import Field, Kind, Whom
from casework.letters.kinds.sharing import FAMILY, FROM_AGENCIES, for_each, of_several
from casework.letters.paper.markup import Value
from casework.letters.paper.tree import table
from casework.people.models import Person
from casework.planning.content import OutcomeLine, content_of
from casework.planning.models import PlanVersion

OF_THE_FAMILY = ("why_now", "family_history", "parenting", "home_and_community", "parents_views")
"""Parts of an assessment that are written once for children who are assessed together."""
FOUND, HEARD = ("Agency", "Told us", "What it found"), ("When", "With whom there", "What the child said")
GOES, HAPPENED = (
    ("What should be different", "How it is now", "Actions done"),
    ("Day", "What happened", "Why it matters"),
)
FOUND_WIDTHS, HEARD_WIDTHS, HAPPENED_WIDTHS = (3, 3, 8), (4, 4, 8), (4, 8, 5)


def fill(person: Person, reference: str, _user: User, today: date) -> Mapping[str, Value] | None:
    """What the report says from the record."""
    one = of(person).filter(reference=reference).select_related("enquiry", "plan").first()
    if one is None:
        return None
    at = one.conference.planned_at
    return {
        **both(one),
        "conference.when": moment(at) if at else "",
        **_enquiry(_enquiry_of(one)),
        **_assessment(_assessment_of(person)),
        "report.plan": table(GOES, [_goes(line) for line in _outcomes(one)]),
        "report.chronology": table(HAPPENED, _happened(person, today), HAPPENED_WIDTHS),
    }


def kept_back(person: Person, _reference: str, whom: Whom, _user: User, today: date) -> Mapping[str, str]:
    """What other agencies told, from the family; what is of several children, from who is not a parent to all."""
    assessment = _assessment_of(person)
    together = Assessment.objects.filter(family=assessment.family_id) if assessment and assessment.family_id else None
    children = together.values_list("person", flat=True) if together is not None else ()
    kept = dict(of_several([f"report.{name}" for name in OF_THE_FAMILY], children, whom, today))
    if whom.recipient in FAMILY:
        kept |= for_each(("report.agencies", "report.professionals_views"), FROM_AGENCIES)
    return kept


def _enquiry_of(one: ChildAtConference) -> Section47Enquiry | None:
    if one.enquiry is not None or one.kind != "initial":
        return one.enquiry
    found: QuerySet[Section47Enquiry] = Section47Enquiry.objects.filter(person=one.person_id)
    return found.order_by("-started_on", "-pk").first()


def _enquiry(one: Section47Enquiry | None) -> Mapping[str, Value]:
    if one is None:
        return {}
    seen, findings = one.times_seen.all(), one.agency_findings.all()
    return {
        "report.enquiry_begun": day(one.started_on),
        "report.enquiry_parents": one.parents_views,
        "report.enquiry_analysis": one.analysis,
        "report.finding": Section47Enquiry.Finding(said).label if (said := one.finding or one.proposed_finding) else "",
        "report.agencies": table(
            FOUND, [(f"{f.get_agency_display()}, {f.who}", day(f.told_on), f.found) for f in findings], FOUND_WIDTHS
        ),
        "report.heard": table(
            HEARD,
            [
                (day(timezone.localdate(s.seen_at)), _with_whom(s.alone), s.what_was_said)
                for s in seen
                if s.what_was_said
            ],
            HEARD_WIDTHS,
        ),
    }


def _with_whom(alone: bool | None) -> str:
    return {True: "Seen alone", False: "Not alone", None: "Not known"}[alone]


def _assessment_of(person: Person) -> Assessment | None:
    return Assessment.objects.filter(person=person).select_related("family").order_by("-started_on", "-pk").first()


def _assessment(one: Assessment | None) -> Mapping[str, Value]:
    if one is None:
        return {}
    return {
        "report.assessed": f"authorised {day(one.authorised_on)}"
        if one.authorised_on
        else f"begun {day(one.started_on)}, not finished",
        **{f"report.{name}": getattr(one.family, name, "") for name in (*OF_THE_FAMILY, "professionals_views")},
        "report.needs": one.needs,
        "report.childs_words": one.childs_words,
        "report.analysis": one.analysis,
    }


def _outcomes(one: ChildAtConference) -> list[OutcomeLine]:
    """What the plan that is reviewed says should be different."""
    version = PlanVersion.objects.filter(protection_plan=one.plan, replaced_on=None).exclude(in_force_from=None).first()
    if one.plan is None or version is None:
        return []
    return [outcome for need in content_of(version).needs for outcome in need.outcomes]


def _goes(line: OutcomeLine) -> tuple[str, ...]:
    now = (
        ". ".join(part for part in (line.last.get_direction_display(), line.last.what_changed) if part)
        if line.last
        else ""
    )
    done = sum(1 for one in line.actions if one.action.done_on)
    return line.wording.what, now or "Not noted", f"{done} of {len(line.actions)}"


def _happened(person: Person, today: date) -> list[tuple[str, ...]]:
    """The key events in the words for a reader outside the service: no note, no warning, nobody who told us."""
    return [(day(one.on), one.plain, one.significance) for one in lines_of([person], today) if one.key and one.plain]


REPORT = Kind(
    "conference_report", "The social worker’s report to a child protection conference",
    (
        *BOTH,
        Field("conference.when", "The day and time", "10 December 2026 at 10:00am"),
        Field("report.enquiry_begun", "The day that the section 47 enquiry began", "25 November 2026"),
        Field("report.heard", "Table: what the child said when seen in the enquiry",
              table(HEARD, [("26 November 2026", "Seen alone", "I want it quiet.")], HEARD_WIDTHS), part=True,
              of_child=True),
        Field("report.agencies", "Table: what each agency found",
              table(FOUND, [("Police, DS Example", "26 May 2026", "Two calls in a year.")], FOUND_WIDTHS), part=True),
        Field("report.enquiry_parents", "What the parents said to the enquiry", "It was once."),
        Field("report.enquiry_analysis", "The enquiry’s analysis", "Nights are not safe."),
        Field("report.finding", "What the enquiry found", "Substantiated"),
        Field("report.assessed", "When the assessment was authorised, or that it goes on", "authorised 20 May 2026"),
        Field("report.why_now", "Why the assessment began", "Late most mornings."),
        Field("report.family_history", "What has happened before", "The family moved in 2024."),
        Field("report.parenting", "How the parents care", "Warm, and tired."),
        Field("report.home_and_community", "Home and the wider family", "Grandma is near."),
        Field("report.parents_views", "What the parents think", "Mornings are hard."),
        Field("report.professionals_views", "What other professionals say", "The school is worried."),
        Field("report.needs", "How the child is, and what the child needs", "Carl needs sleep."),
        Field("report.childs_words", "The child’s own words to the assessment", "I like my school.",
              of_child=True),
        Field("report.analysis", "What it means for the child", "Sleep comes first."),
        Field("report.plan", "Table: how the plan goes that is reviewed",
              table(GOES, [("Carl sleeps at home every night", "Better", "2 of 3")]), part=True),
        Field("report.chronology", "Table: the key events, in words for a reader outside",
              table(HAPPENED, [("5 May 2020", "A referral was received.", "The first")], HAPPENED_WIDTHS), part=True),
    ),
    planned, fill, invited, kept_back,
)  # fmt: skip
