"""Every page as every role: one's own records, other people's, and restricted ones. The table is the specification.

It is written out by hand and not made from `access/roles.py`: a permission given by mistake shows here. A page that is
not in the table fails the test, so nothing can be added without saying who may open it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from casework.access.middleware import SIGN_IN_PAGES
from casework.access.models import Restriction
from casework.access.roles import ROLES
from casework.accounts.models import User
from casework.assessment.models import Assessment, FamilyPart
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import (
    ChildAtConference,
    ChildProtectionPlan,
    Conference,
    DiscussedChild,
    Section47Enquiry,
    StrategyDiscussion,
)
from casework.chronology.models import Entry
from casework.court.models import EmergencyOrder, PoliceProtection, Taking
from casework.deadlines.actions import bring_up_to_date
from casework.documents.models import Document, StoredFile
from casework.drafts.models import Draft
from casework.early_help.models import AssessedChild, FamilyAssessment, FamilyPlan
from casework.exploitation.models import Link, LinkedChild, NationalReferral, RiskAssessment
from casework.exploitation.models import Meeting as ExploitationMeeting
from casework.front_door.models import Named
from casework.letters.models import Letter
from casework.letters.wordings import shipped
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.missing.models import MissingEpisode, Report, ReturnInterview
from casework.notes.models import Note, Part
from casework.people.models import Merge, OtherName, Person, WarningNote
from casework.planning.models import (
    Action,
    ActionWording,
    Need,
    NeedWording,
    Outcome,
    OutcomeWording,
    PlanVersion,
)
from casework.private_fostering.models import Arrangement
from casework.tasks.models import Task
from casework.visits.models import ChildVisited, Visit
from casework.voice.models import Said
from tests.casework.access.hearing import Answers, overheard
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, an_adult, related
from tests.casework.making_accuracy import a_query, a_return
from tests.casework.making_contacts import a_contact, a_referral, decided

pytestmark = pytest.mark.django_db

PRACTITIONERS = frozenset(
    {
        "social_worker", "newly_qualified", "cin_practitioner", "social_care_assistant", "advanced_practitioner",
        "front_door_officer", "early_help_worker",
    }
)  # fmt: skip
MANAGERS = frozenset({"practice_manager", "service_manager", "group_manager", "head_of_service"})
OVERSEERS = frozenset(
    {"assistant_director", "director", "reviewing_officer", "conference_chair", "principal_social_worker"}
)
PRACTICE = PRACTITIONERS | MANAGERS
READERS = PRACTICE | OVERSEERS | {"business_support"}
EVERYBODY = frozenset(ROLES)
WRITE_NOTES = PRACTICE | {"reviewing_officer", "conference_chair", "principal_social_worker"}
LETTERS = WRITE_NOTES | {"business_support"}
RECORD = PRACTICE | {"business_support"}
ASSESS = MANAGERS | {"social_worker", "newly_qualified", "advanced_practitioner"}
PLANS = ASSESS | {"cin_practitioner"}
EARLY_HELP = MANAGERS | {"social_worker", "advanced_practitioner", "early_help_worker"}
TRIAGE = MANAGERS | {"front_door_officer"}
TEAMS = MANAGERS | OVERSEERS | {"advanced_practitioner"}
CHAIRS = frozenset({"conference_chair", "reviewing_officer"})
MEETINGS = ASSESS | {"cin_practitioner", "business_support", "reviewing_officer"}
CONFERENCES = MANAGERS | CHAIRS | {"business_support"}
EMERGENCY = ASSESS | {"front_door_officer"}
WATCH_MISSING = MANAGERS | OVERSEERS | {"front_door_officer"}
RESTRICT = MANAGERS | {"assistant_director", "director"}
REPORTS = MANAGERS | OVERSEERS
RETURNS = frozenset({"assistant_director", "director", "analyst"})
BREAK_GLASS = PRACTICE | OVERSEERS
ADMINISTRATOR, PARTNER = frozenset({"administrator"}), frozenset({"partner"})
WHOLE_AUTHORITY = OVERSEERS | {"group_manager", "head_of_service", "front_door_officer"}


@dataclass(frozen=True)
class Page:
    """A page: who may open it, and what its address is made of. `posts` are pages that only take what is sent."""

    name: str
    who: frozenset[str]
    of: str = ""
    posts: bool = False


def pages(who: frozenset[str], of: str, names: str, *, posts: bool = False) -> list[Page]:
    return [Page(name, who, of, posts) for name in names.split()]


TABLE = [
    *pages(EVERYBODY, "", "accessibility my_work unfinished notices"),
    *pages(EVERYBODY, "", "notices_read save_draft", posts=True),
    *pages(EVERYBODY, "draft", "discard_draft"),
    *pages(ADMINISTRATOR, "", "accounts new_account roles"),
    *pages(ADMINISTRATOR, "account", "account remove_second_factor"),
    *pages(RECORD, "", "add_person"),
    *pages(RECORD, "", "people_alike", posts=True),
    *pages(RECORD, "person", "add_address find_relative"),
    *pages(RECORD, "topic", "change_details"),
    *pages(RECORD, "belongings", "add_belonging"),
    *pages(RECORD, "belonging", "change_belonging remove_belonging"),
    *pages(RECORD, "warning", "review_warning"),
    *pages(RECORD, "relative", "relate_to"),
    *pages(RECORD, "relation", "change_relation remove_relation"),
    *pages(MANAGERS, "person", "find_same merges"),
    *pages(MANAGERS, "relative", "merge_with"),
    *pages(MANAGERS, "merge", "undo_merge"),
    *pages(READERS, "", "find_people tasks"),
    *pages(READERS, "person", "person person_family person_details who_is_working notes documents"),
    *pages(READERS, "person", "chronology print_chronology their_words their_story person_genogram"),
    *pages(READERS, "person", "contacts_of_person give_task"),
    *pages(READERS, "note", "note"),
    *pages(READERS, "document", "document document_content"),
    *pages(READERS, "referral", "referral"),
    *pages(READERS, "assessment", "assessment"),
    *pages(READERS, "early_help", "early_help"),
    *pages(READERS, "handover", "accept_handover", posts=True),
    *pages(READERS, "contact", "contact"),
    *pages(READERS, "contact_file", "contact_file contact_file_content"),
    *pages(READERS, "task", "finish_task pass_task"),
    *pages(READERS, "task", "take_task", posts=True),
    *pages(READERS, "sign_off", "take_back_sign_off", posts=True),
    *pages(PRACTICE | OVERSEERS, "person", "who_looked"),
    *pages(WRITE_NOTES, "person", "write_note add_files add_to_chronology write_words_down"),
    *pages(WRITE_NOTES, "said", "what_changed"),
    *pages(WRITE_NOTES, "words_elsewhere", "what_came_of_words"),
    *pages(WRITE_NOTES, "entry", "withdraw_entry"),
    *pages(WRITE_NOTES, "line", "say_significance"),
    *pages(WRITE_NOTES, "note", "add_to_note correct_note note_in_error"),
    *pages(WRITE_NOTES, "document", "document_in_error"),
    *pages(RESTRICT, "person", "restriction lift_restriction"),
    *pages(BREAK_GLASS, "", "break_glass"),
    *pages(MANAGERS, "person", "allocate allocate_to_team"),
    *pages(REPORTS, "", "overrides"),
    *pages(TEAMS | EARLY_HELP | TRIAGE, "", "early_help_families"),
    *pages(EARLY_HELP, "person", "begin_early_help"),
    *pages(EARLY_HELP, "early_help", "early_help_consent early_help_write early_help_complete early_help_member"),
    *pages(EARLY_HELP, "early_help", "early_help_lead early_help_plan early_help_step early_help_review"),
    *pages(EARLY_HELP, "early_help", "early_help_close early_help_step_up early_help_to_team"),
    *pages(EARLY_HELP, "step", "early_help_finish_step"),
    *pages(EARLY_HELP, "member", "early_help_member_leaves"),
    *pages(TRIAGE, "", "triage_board referrals_waiting"),
    *pages(RECORD, "", "record_contact"),
    *pages(RECORD, "person", "record_contact_about"),
    *pages(TRIAGE | RECORD, "contact", "change_contact name_people contact_add_files"),
    *pages(TRIAGE | RECORD, "contact_file", "contact_file_in_error"),
    *pages(TRIAGE, "contact", "match_people set_contact_aside contact_sharing ask_agency tell_referrer"),
    *pages(TRIAGE, "contact", "take_contact", posts=True),
    *pages(TRIAGE, "named", "find_named set_named_aside"),
    *pages(MANAGERS, "waiting", "decide_contact"),
    *pages(MANAGERS, "contact_child", "correct_decision"),
    *pages(MANAGERS, "referral", "correct_step close_referral give_to_team"),
    *pages(MANAGERS, "undecided", "decide_step"),
    *pages(TRIAGE, "referral", "tell_of_referral"),
    *pages(ASSESS, "referral_key", "start_assessment"),
    *pages(ASSESS, "assessment", "assessment_seen assessment_not_seen assessment_family assessment_child"),
    *pages(ASSESS, "assessment", "assessment_tools assessment_factors assessment_analysis assessment_ask"),
    *pages(ASSESS, "assessment", "assessment_share assessment_add_files"),
    *pages(ASSESS, "tool", "assessment_tool"),
    *pages(MANAGERS, "assessment", "assessment_review assessment_authorise"),
    *pages(ASSESS, "person", "record_strategy"),
    *pages(READERS, "discussed", "strategy"),
    *pages(ASSESS, "discussed", "change_strategy decide_strategy strategy_action"),
    *pages(READERS, "enquiry", "enquiry"),
    *pages(ASSESS, "enquiry", "enquiry_seen enquiry_not_seen enquiry_finding enquiry_meaning enquiry_ask"),
    *pages(MANAGERS, "enquiry", "enquiry_sign"),
    *pages(CONFERENCES, "", "conferences"),
    *pages(CONFERENCES, "person", "ask_for_conference"),
    *pages(READERS, "conference", "conference"),
    *pages(CONFERENCES, "conference", "arrange_conference invite_to_conference call_off_conference"),
    *pages(CONFERENCES, "invitation", "conference_report take_off_conference"),
    *pages(CHAIRS, "conference", "hold_conference conference_views decide_conference"),
    *pages(CHAIRS, "conference_held", "correct_conference correct_conference_decision"),
    *pages(CHAIRS, "conference_held", "correct_conference_day correct_conference_outcome"),
    *pages(READERS, "person", "plans_of_person"),
    *pages(READERS, "plan", "plan"),
    *pages(READERS, "plan_version", "plan_version plan_for_parents"),
    *pages(READERS, "plan_versions", "plan_beside"),
    *pages(READERS, "cin_plan_row", "cin_plan_of_row"),
    *pages(READERS, "cp_plan_row", "cp_plan_of_row"),
    *pages(PLANS, "person", "begin_cin_plan"),
    *pages(MANAGERS, "cin_plan", "end_cin_plan"),
    *pages(PLANS, "plan", "write_plan"),
    *pages(PLANS, "plan_draft", "add_plan_need agree_plan throw_plan_away"),
    *pages(PLANS, "plan_part", "plan_part"),
    *pages(PLANS, "plan_version", "plan_words_for_parents"),
    *pages(PLANS, "plan_need", "plan_need take_plan_need_out"),
    *pages(PLANS, "plan_outcome", "add_plan_action plan_change"),
    *pages(PLANS, "plan_action", "plan_action take_plan_action_out plan_progress"),
    *pages(PLANS, "", "plan_prompts", posts=True),
    *pages(READERS, "person", "person_meetings"),
    *pages(READERS, "meeting", "meeting"),
    *pages(MEETINGS, "meeting_kind", "arrange_meeting record_meeting"),
    *pages(MEETINGS, "meeting", "change_meeting call_off_meeting hold_meeting"),
    *pages(MEETINGS, "meeting_held", "meeting_part meeting_minutes"),
    *pages(WATCH_MISSING, "", "missing_now"),
    *pages(READERS, "person", "missing_of_person"),
    *pages(PRACTICE, "person", "report_missing"),
    *pages(READERS, "person", "visits_of_person"),
    *pages(PRACTICE, "person", "record_visit"),
    *pages(READERS, "visit", "visit"),
    *pages(READERS, "visit_row", "visit_row"),
    *pages(PRACTICE, "visit", "put_visit_right"),
    *pages(READERS, "missing", "missing_episode"),
    *pages(READERS, "missing_row", "missing_row"),
    *pages(PRACTICE, "missing", "change_missing missing_step missing_told missing_back missing_police"),
    *pages(PRACTICE, "missing", "missing_offer missing_talk"),
    *pages(WATCH_MISSING, "", "emergency_now"),
    *pages(READERS, "person", "emergency_of_person"),
    *pages(EMERGENCY, "person", "record_police_protection record_emergency_order"),
    *pages(READERS, "police", "police_protection"),
    *pages(READERS, "police_row", "police_protection_row"),
    *pages(
        EMERGENCY,
        "police",
        "change_police_protection police_child_told end_police_protection put_police_protection_right",
    ),
    *pages(READERS, "order", "emergency_order"),
    *pages(READERS, "order_row", "emergency_order_row"),
    *pages(
        EMERGENCY,
        "order",
        "change_emergency_order extend_emergency_order end_emergency_order put_emergency_order_right",
    ),
    *pages(WATCH_MISSING, "", "privately_fostered"),
    *pages(READERS, "person", "private_fostering_of_person"),
    *pages(EMERGENCY, "person", "record_private_fostering"),
    *pages(READERS, "fostering", "private_fostering"),
    *pages(READERS, "fostering_row", "private_fostering_row"),
    *pages(EMERGENCY, "fostering", "change_private_fostering private_fostering_notice end_private_fostering"),
    *pages(EMERGENCY, "carer_notice", "put_carer_notice_right strike_out_carer_notice"),
    *pages(MANAGERS, "fostering", "decide_private_fostering"),
    *pages(MEETINGS, "review", "meeting_ask"),
    *pages(MANAGERS, "review", "meeting_answer"),
    *pages(READERS, "person", "exploitation_of_person"),
    *pages(READERS, "risk", "exploitation_assessment"),
    *pages(READERS, "link", "link"),
    *pages(READERS, "exploitation_meeting", "exploitation_meeting"),
    *pages(ASSESS, "", "links"),
    *pages(ASSESS, "person", "assess_exploitation refer_nationally tie_child record_exploitation_meeting"),
    *pages(ASSESS, "national_referral", "national_decisions"),
    *pages(ASSESS, "link", "change_link"),
    *pages(ASSESS, "tie", "change_tie"),
    *pages(ASSESS, "exploitation_meeting", "exploitation_agreed exploitation_action"),
    *pages(ASSESS, "exploitation_action", "exploitation_action_done"),
    *pages(TEAMS, "", "teams"),
    *pages(TEAMS, "team", "team"),
    *pages(PARTNER, "", "questions"),
    *pages(REPORTS | {"analyst"}, "", "board timeliness"),
    *pages(REPORTS | {"analyst"}, "", "board_again", posts=True),
    *pages(REPORTS | {"analyst"}, "figure", "explain"),
    *pages(READERS, "deadline", "deadline"),
    *pages(REPORTS | {"analyst"}, "", "accuracy findings recording"),
    *pages(REPORTS | {"analyst"}, "", "accuracy_again", posts=True),
    *pages(READERS, "person", "person_accuracy"),
    *pages(READERS, "person", "check_person", posts=True),
    *pages(RECORD, "query", "explain_query"),
    *pages(RECORD, "query", "withdraw_reason", posts=True),
    *pages(RETURNS, "", "returns ask_for_return"),
    *pages(RETURNS, "return", "one_return return_file return_changes"),
    *pages(RETURNS, "return", "make_again", posts=True),
    *pages(READERS, "person", "letters"),
    *pages(READERS, "letter", "letter"),
    *pages(READERS, "copy", "copy_paper"),
    *pages(READERS, "kept_copy", "copy_kept"),
    *pages(LETTERS, "of_several", "letter_children"),
    *pages(LETTERS, "person", "begin_letter"),
    *pages(LETTERS, "letter", "write_letter put_letter_away add_copy"),
    *pages(LETTERS, "copy", "leave_out copy_address make_ready copy_sent copy_returned"),
    *pages(LETTERS, "left_out", "put_back", posts=True),
    *pages(ADMINISTRATOR, "", "letter_templates new_letter_template"),
    *pages(ADMINISTRATOR, "", "preview_template", posts=True),
    *pages(ADMINISTRATOR, "template", "letter_template template_as_shipped"),
]
AT_THE_FRONT_DOOR = {"waiting", "named", "undecided"}
"""What waits for a decision is open to everybody who triages, whosever the child, unless it is restricted."""
TESTED_WITH_QUESTIONS = {"write_answer", "question", "contact_family"}
"""Pages about what one agency was asked, or a matched child's family: tested in front_door, where these are made."""


def every_name(resolver: Any = None) -> Iterator[str]:
    """The name of every page there is."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from every_name(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


def test_every_page_is_in_the_table() -> None:
    named = {page.name for page in TABLE} | TESTED_WITH_QUESTIONS
    library = ("account_", "mfa_", "socialaccount_", "openid_")
    ours = {name for name in every_name() if not name.startswith(library)}
    assert (ours - named, named - ours) == (set(), set())


def test_pages_of_the_sign_in_library_that_nobody_needs_are_closed(sign_in: Any) -> None:
    client = sign_in("administrator")
    for name in ("account_signup", "account_email", "account_reset_password", "socialaccount_connections"):
        assert client.get(reverse(name)).status_code == 404, name


def arguments(user: User, held_by: Any, *, restricted: bool = False) -> dict[str, list[Any]]:
    """A child held by a worker, with one of everything, as the arguments of the pages about it."""
    child = a_child()
    contact = a_contact(child)
    (about,) = decided(contact)
    referral = about.referrals.get()
    referral.decided_on, referral.outcome = FRIDAY_TEATIME.date(), "assessment"
    referral.save()
    fresh = a_child()
    waiting, undecided = a_contact(fresh), a_referral(a_child())
    named = Named.objects.create(contact=waiting, forename="Ann")
    child.allocations.all().delete()
    allocated(child, held_by, started_on=date(2026, 11, 1))
    family, step, member = _early_help(child)
    assessment = Assessment.objects.create(
        person=child, referral=referral, family=FamilyPart.objects.create(), started_on=date(2026, 11, 3),
        kind="single", childs_words="x",
    )  # fmt: skip
    note = Note.objects.create(kind="phone_call", happened_at=FRIDAY_TEATIME, shared="x", recorded_at=FRIDAY_TEATIME)
    Part.objects.create(note=note, person=child, text="y")
    said = Said.objects.create(person=child, said_on=date(2026, 11, 5), words="x")
    entry = Entry.objects.create(person=child, happened_on=date(2020, 1, 5), what="x", known_from="y")
    missing, visit = _missing(child), _visit(child)
    bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    task = Task.objects.create(person=child, what="x", owner=user, made_by=user, made_at=FRIDAY_TEATIME)
    if restricted:
        owner = a_user("director")
        for person in (child, fresh, undecided.person):
            Restriction.objects.create(person=person, reason="x", owner=owner, started_at=FRIDAY_TEATIME)
    return {
        "person": [child.reference],
        "note": [child.reference, note.reference],
        "said": [child.reference, said.reference],
        "words_elsewhere": [child.reference, "assessment", assessment.pk],
        "entry": [child.reference, entry.reference],
        "line": [child.reference, "notes", note.reference, "2026-11-27"],
        "document": [child.reference, _document(child).reference],
        "referral": [referral.reference],
        "referral_key": [referral.pk],
        "assessment": [assessment.pk],
        "tool": [assessment.pk, "graded_care_profile"],
        "early_help": [family.pk],
        "step": [family.pk, step],
        "member": [family.pk, member],
        "contact": [contact.reference],
        "contact_file": [contact.reference, _document(None, contact.reference).reference],
        "contact_child": [contact.reference, about.reference],
        "waiting": [waiting.reference],
        "undecided": [undecided.reference],
        "named": [waiting.reference, named.pk],
        "task": [task.pk],
        "sign_off": [1],
        **_family(child),
        "merge": [child.reference, _merged_into(child, user).pk],
        **_protection(child),
        **_meetings(child),
        **_plans(child),
        "missing": [missing],
        "missing_row": [MissingEpisode.objects.get(pk=missing).reference],
        "visit": [visit.pk],
        "visit_row": [visit.reference],
        **_exploitation(child),
        **_emergency(child),
        **_fostering(child),
        "deadline": [child.obligations.first().pk],
        "query": [child.reference, a_query(child).pk],
        "handover": [1],
        **_letter(child),
    }


def _family(child: Person) -> dict[str, list[Any]]:
    mother = an_adult()
    relation = related(child, mother)
    name = OtherName.objects.create(person=child, forename="Annie")
    day = FRIDAY_TEATIME.date()
    warning = WarningNote.objects.create(person=child, what="A dog", started_on=day, review_on=day)
    return {
        "topic": [child.reference, "name"],
        "belongings": [child.reference, "names"],
        "belonging": [child.reference, "names", name.pk],
        "warning": [child.reference, warning.pk],
        "relative": [child.reference, mother.reference],
        "relation": [child.reference, relation.pk],
    }


def _merged_into(child: Person, by: User) -> Merge:
    duplicate = a_child(merged_into=child)
    return Merge.objects.create(stays=child, goes=duplicate, reason="One child", at=FRIDAY_TEATIME, by=by)


def _protection(child: Person) -> dict[str, list[Any]]:
    discussion = StrategyDiscussion.objects.create(held_on=date(2026, 11, 4))
    discussed = DiscussedChild.objects.create(discussion=discussion, person=child)
    enquiry = Section47Enquiry.objects.create(person=child, discussed=discussed, started_on=date(2026, 11, 4))
    conference = Conference.objects.create()
    invitation = conference.invitations.create(agency="police", name="DS Example", report_wanted=True)
    at = ChildAtConference.objects.create(conference=conference, person=child, kind="initial", enquiry=enquiry)
    held = Conference.objects.create(held_on=date(2025, 11, 4))
    decided_at = ChildAtConference.objects.create(conference=held, person=child, kind="initial", outcome="no_plan")
    plan = ChildProtectionPlan.objects.create(person=child, started_on=date(2024, 1, 8), ended_on=date(2024, 6, 3))
    return {
        "cp_plan_row": [plan.reference],
        "discussed": [discussed.pk],
        "enquiry": [enquiry.pk],
        "conference": [at.pk],
        "conference_held": [decided_at.pk],
        "invitation": [at.pk, invitation.pk],
    }


def _plans(child: Person) -> dict[str, list[Any]]:
    """A plan with a version in force, and one with a draft."""
    day = FRIDAY_TEATIME.date()
    plan = ChildInNeedPlan.objects.create(person=child, started_on=day)
    force = PlanVersion.objects.create(person=child, need_plan=plan, number=1, drawn_up_on=day, in_force_from=day)
    other = ChildInNeedPlan.objects.create(person=child, started_on=date(2025, 1, 6))
    draft = PlanVersion.objects.create(person=child, need_plan=other, number=1, drawn_up_on=day)
    parts = []
    for version in (force, draft):
        need = Need.objects.create(person=child)
        outcome = Outcome.objects.create(need=need)
        action = Action.objects.create(outcome=outcome)
        parts = [
            NeedWording.objects.create(plan_version=version, need=need, what="x"),
            OutcomeWording.objects.create(plan_version=version, outcome=outcome, what="x"),
            ActionWording.objects.create(plan_version=version, action=action, what="x", owner_named="y"),
        ]
    return {
        "plan": ["need", plan.pk],
        "cin_plan": [plan.pk],
        "cin_plan_row": [plan.reference],
        "plan_version": [force.pk],
        "plan_versions": [draft.pk, force.pk],
        "plan_draft": [draft.pk],
        "plan_part": [draft.pk, "child"],
        **{f"plan_{what}": [row.pk] for what, row in zip(("need", "outcome", "action"), parts, strict=True)},
    }


def _meetings(child: Person) -> dict[str, list[Any]]:
    plan = ChildProtectionPlan.objects.create(person=child, started_on=date(2026, 11, 2))
    to_come = Meeting.objects.create(kind="core_group", planned_at=FRIDAY_TEATIME)
    held = Meeting.objects.create(kind="core_group", held_on=date(2026, 11, 9))
    at = [
        ChildAtMeeting.objects.create(meeting=one, person=child, protection_plan=plan, written=one == held)
        for one in (to_come, held)
    ]
    reviewed = Meeting.objects.create(kind="cin_review", held_on=date(2026, 10, 9))
    review = ChildAtMeeting.objects.create(meeting=reviewed, person=child, written=True, recommendation="close")
    held.members.create(agency="health", name="Dr Sample", took_part="report")
    return {
        "meeting": [at[0].pk],
        "meeting_held": [at[1].pk],
        "review": [review.pk],
        "meeting_kind": [child.reference, "cin_review"],
    }


def _exploitation(child: Person) -> dict[str, list[Any]]:
    day = FRIDAY_TEATIME.date()
    risk = RiskAssessment.objects.create(
        person=child, assessed_on=day, level="significant", why="x", look_again_on=day + timedelta(days=7)
    )
    referral = NationalReferral.objects.create(person=child, referred_on=day)
    link = Link.objects.create(kind="place", name="Sample Arcade")
    tie = LinkedChild.objects.create(link=link, person=child, sure="known", how_known="x")
    meeting = ExploitationMeeting.objects.create(held_on=day)
    meeting.links.add(link)
    part = meeting.children.create(person=child)
    action = meeting.actions.create(what="x", who="y", by_when=day, disrupts=link)
    return {
        "risk": [risk.pk],
        "national_referral": [referral.pk],
        "link": [link.pk],
        "tie": [tie.pk],
        "exploitation_meeting": [part.pk],
        "exploitation_action": [part.pk, action.pk],
    }


def _visit(child: Person) -> ChildVisited:
    visit = Visit.objects.create(visited_on=date(2026, 11, 20))
    return ChildVisited.objects.create(visit=visit, person=child, kind="child_in_need", seen=True)


def _emergency(child: Person) -> dict[str, list[Any]]:
    day = FRIDAY_TEATIME.date()
    held = PoliceProtection.objects.create(
        taking=Taking.objects.create(), person=child, started_on=day, started_at=FRIDAY_TEATIME - timedelta(hours=2)
    )
    order = EmergencyOrder.objects.create(
        person=child, kind="emergency_protection", made_on=day, made_at=FRIDAY_TEATIME - timedelta(hours=1),
        until_at=FRIDAY_TEATIME + timedelta(days=6),
    )  # fmt: skip
    return {
        "police": [held.pk], "police_row": [held.reference], "order": [order.pk], "order_row": [order.reference],
    }  # fmt: skip


def _fostering(child: Person) -> dict[str, list[Any]]:
    held = Arrangement.objects.create(person=child, notified_on=date(2026, 11, 4), carer=an_adult())
    held.decisions.create(decided_on=date(2026, 11, 9), outcome="suitable")
    told = held.notices.create(kind="change", told_at=FRIDAY_TEATIME, happened_at=FRIDAY_TEATIME)
    return {"fostering": [held.pk], "fostering_row": [held.reference], "carer_notice": [held.pk, told.pk]}


def _missing(child: Person) -> int:
    day = FRIDAY_TEATIME.date()
    back = MissingEpisode.objects.create(
        report=Report.objects.create(), person=child, started_on=date(2026, 11, 25), ended_on=date(2026, 11, 26),
        ended_at=FRIDAY_TEATIME - timedelta(days=1),
    )  # fmt: skip
    ReturnInterview.objects.create(episode=back, offered=True, accepted=True)
    # With this one the child goes missing again and again, so that the page of it asks who that is.
    MissingEpisode.objects.create(report=Report.objects.create(), person=child, started_on=day, ended_on=day)
    return MissingEpisode.objects.create(report=Report.objects.create(), person=child, started_on=day).pk


def _letter(child: Person) -> dict[str, list[Any]]:
    text = "# A title\n## What it is about\nSchool.\n? What?\n"
    letter = Letter.objects.create(person=child, kind="free", name="x", text=text, begun_on=date(2026, 11, 5))
    copy = letter.copies.create(recipient="other", name="Mona")
    args = [child.reference, letter.reference]
    of_several = Letter.objects.create(
        person=child, kind="chronology", name="x", text=shipped()["chronology"].text, begun_on=date(2026, 11, 5)
    )
    of_several.also_about.create(person=child)
    kept = of_several.copies.create(recipient="court", name="x", pdf=_document(None))
    its = [child.reference, of_several.reference]
    return {"letter": args, "copy": [*args, copy.pk], "left_out": [*args, copy.pk, 0], "of_several": its,
            "kept_copy": [*its, kept.pk, "pdf"]}  # fmt: skip


def _early_help(child: Person) -> tuple[FamilyAssessment, int, int]:
    family = FamilyAssessment.objects.create(started_on=date(2026, 11, 1), consent_given=True)
    AssessedChild.objects.create(reference=f"E{child.pk}", assessment=family, person=child)
    plan = FamilyPlan.objects.create(assessment=family, agreed_on=date(2026, 11, 2))
    member = family.members.create(name="Hugo Health", role="x", started_on=date(2026, 11, 2))
    return family, plan.steps.create(outcome_wanted="x", action="y", who="z").pk, member.pk


def _document(person: Person | None, attached_to: str = "") -> Document:
    stored = StoredFile.objects.create(
        stored_as=f"{StoredFile.objects.count():064d}", name="a.txt", kind="text", size=1, sha256="0" * 64
    )
    stored.path.parent.mkdir(parents=True, exist_ok=True)
    stored.path.write_text("x")
    return Document.objects.create(
        person=person, file=stored, title="A letter", recorded_at=FRIDAY_TEATIME, attached_to=attached_to
    )


Met = dict[tuple[str, str], list[tuple[Answers, int]]]
"""By page and whose record it was of: what was asked about the role and answered, and the status that came of it."""


@pytest.fixture(scope="module")
def met() -> Met:
    """What the roles before have met."""
    return defaultdict(list)


@pytest.mark.long
@pytest.mark.xdist_group("every page")  # one process: what a role meets, the next need not
@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_page_as_each_role(
    role: str, sign_in: Any, settings: Any, tmp_path: Any, met: Met, monkeypatch: pytest.MonkeyPatch, everything: bool
) -> None:
    """A page is opened once for all roles that answer alike what it asks of them; with `--everything`, for each."""
    settings.MEDIA_ROOT = tmp_path
    team = a_team()
    user = a_user(role, team=team, agency="Amberford Police" if role == "partner" else "")
    elsewhere = a_user("social_worker", team=a_team("Far", service="Other service"))
    records = [
        ("own", arguments(user, user.worker), True),
        ("another's", arguments(user, elsewhere.worker), role in WHOLE_AUTHORITY),
        ("restricted", arguments(user, user.worker, restricted=True), False),
    ]
    draft = Draft.objects.create(
        owner=user, key="k", address="/", title="t", reference="d" * 32, saved_at=FRIDAY_TEATIME
    )
    fixed = {
        "": [],
        "team": [team.pk],
        "account": [a_user("director").pk],
        "draft": [draft.reference],
        "figure": ["csb05"],
        "template": ["free"],
        "return": [a_return().pk],
    }
    client, asker, wrong = sign_in(user), overheard(user, monkeypatch), []

    def status_of(page: Page, args: list[Any]) -> int:
        found = client.get(reverse(page.name, args=args))
        if found.streaming:
            b"".join(found.streaming_content)  # a file is read to its end, and closed with it
        return int(found.status_code)

    for page in TABLE:
        cases = [("", fixed[page.of], True)] if page.of in fixed else [(w, a[page.of], r) for w, a, r in records]
        for whose, args, within_reach in cases:
            at_the_front_door = page.of in AT_THE_FRONT_DOOR and whose != "restricted"
            opens = role in page.who and (within_reach or page.posts or at_the_front_door)
            wanted = {405} if page.posts and opens else {200, 302} if opens else {404}
            before = met[page.name, whose]
            status = next((status for answers, status in before if asker.answers_as(answers)), None)
            if status is None or everything:
                asker.heard.clear()
                found = status_of(page, args)
                if status not in {None, found}:
                    wrong.append(f"{page.name} {whose}: {found}, and {status} to a role that answers as this one")
                before.append((dict(asker.heard), found))
                status = found
            if status not in wanted:
                wrong.append(f"{page.name} {whose}: {status}")
    assert wrong == [], "\n".join(wrong)


def test_a_visitor_is_asked_to_sign_in_or_told_nothing(client: Any) -> None:
    for page in TABLE:
        if page.of == "" and page.name != "accessibility":
            found = client.get(reverse(page.name), headers={"X-Forwarded-Proto": "https"})
            assert (found.status_code, found["Location"].split("?")[0]) == (302, reverse("account_login")), page.name
    for name in SIGN_IN_PAGES - {"openid_connect_login", "openid_connect_callback"}:
        assert client.get(reverse(name), headers={"X-Forwarded-Proto": "https"}).status_code < 500, name
