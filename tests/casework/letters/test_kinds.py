"""Letters of plans, meetings, reports and assessments: what each says, and what somebody does not get unless it is
put back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.access.models import Restriction
from casework.accounts.models import User
from casework.assessment.models import Assessment, FamilyPart
from casework.child_protection.actions import conferences, deciding, reports
from casework.child_protection.models import ChildAtConference, Conference, Section47Enquiry
from casework.common.refused import Refused
from casework.documents.models import Document
from casework.letters import actions, queries
from casework.letters.composing import compose
from casework.letters.kinds import Whom, chronologies
from casework.letters.models import Copy, Letter
from casework.letters.paper.tree import as_data
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.people.models import Address, Person
from casework.planning.actions import versions, writing
from casework.planning.plans import PROTECTION, Plan
from tests.casework.child_protection.making import a_conference
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, allocated, an_adult, related
from tests.casework.making_contacts import a_contact, decided
from tests.casework.meetings.making import at, on_a_plan

pytestmark = pytest.mark.django_db
AT, TODAY = FRIDAY_TEATIME, FRIDAY_TEATIME.date()
LEFT_OUT = "This part has been left out of your copy."


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def begun(person: Person, kind: str, worker: User, about: str = "") -> Letter:
    found = [one for one in queries.can_begin(person, worker, about) if one.template.kind == kind]
    return actions.begin(person, found[0].template, found[0].about, by=worker, at=AT)


def copy_for(letter: Letter, name: str, worker: User) -> Copy:
    (whom,) = [one for one in queries.who_may_get(letter, worker, TODAY) if one.name.startswith(name)]
    hidden = queries.APART if queries.lives_apart(whom, letter.person, TODAY) else ""
    return actions.add_copy(letter, whom, hides_address=hidden, by=worker, at=AT)


def words(copy: Copy, worker: User) -> str:
    copy.refresh_from_db()
    return str(as_data(compose(copy.letter, copy, by=worker, on=TODAY).paper))


def half_sisters(worker: User) -> dict[str, Person]:
    """Ada and Bea of one mother, Bea of a father who is nothing to Ada; all but him at one address."""
    people = {"mother": an_adult("Mo"), "father": an_adult("Fred"), "ada": a_child("Ada"), "bea": a_child("Bea")}
    for name in ("ada", "bea"):
        related(people[name], people["mother"])
        allocated(people[name], worker.worker)
    related(people["bea"], people["father"], "father")
    related(people["bea"], people["ada"], "sibling")
    for name in ("mother", "ada", "bea"):
        Address.objects.create(person=people[name], kind="home", lines="1 Example Road", postcode="ZZ1 1AA")
    return people


def a_core_group(people: dict[str, Person], worker: User) -> Meeting:
    meeting = Meeting.objects.create(
        kind="core_group", held_on=date(2026, 11, 20), place="At home, 1, Example road", chair=worker.worker,
        parents_said="Mo said that Fred drinks", minutes="Ada has begun to cut herself", decisions="Ada sees a nurse",
    )  # fmt: skip
    for agency, name in (("family", "Mo Example"), ("health", "Dr Sample"), ("police", "DS Example")):
        meeting.members.create(agency=agency, name=name, took_part="came")
    for name, child in (("Ada", people["ada"]), ("Bea", people["bea"])):
        plan = on_a_plan(child, date(2026, 11, 2), AT)
        ChildAtMeeting.objects.create(
            meeting=meeting, person=child, protection_plan=plan, written=True, what_changed=f"{name} sleeps",
            childs_words=f"{name} says hello", safety="enough",
        )  # fmt: skip
    return meeting


def test_minutes_of_two_half_sisters_keep_each_to_her_own_family(sign_in: Any) -> None:
    worker = a_user("social_worker")
    people = half_sisters(worker)
    hers = a_core_group(people, worker).children.get(person=people["bea"])
    client = sign_in(worker)
    assert "Write a letter or document from this" in client.get(reverse("meeting", args=[hers.pk])).content.decode()
    letter = begun(people["bea"], "meeting_minutes", worker, hers.reference)

    to = {name: copy_for(letter, name, worker) for name in ("Fred", "Mo", "Dr Sample", "Bea")}
    read = {name: words(copy, worker) for name, copy in to.items()}
    for name in to:  # the other sister's own part is in nobody's
        assert "Bea sleeps" in read[name] and "Ada sleeps" not in read[name] and "Ada says" not in read[name], name
        assert ("Bea says hello" in read[name]) is (name in {"Dr Sample", "Bea"}), name
    assert "cut herself" in read["Mo"] and "Fred drinks" in read["Mo"]
    assert "cut herself" in read["Dr Sample"] and "Fred drinks" in read["Dr Sample"]
    for name in ("Fred", "Bea"):
        assert not any(one in read[name] for one in ("cut herself", "a nurse", "Fred drinks")), name
        assert read[name].count(LEFT_OUT) == 3
    assert {one.title: one.reason for one in to["Fred"].left_out.all()}["What was said"].startswith(
        "It may tell of other"
    )
    assert "Example" in read["Mo"] and "Example road" not in read["Fred"]

    # A sister whose record is closed to the worker is not named to say why; and the worker may put a part back.
    Restriction.objects.create(person=people["ada"], reason="x", owner=a_user("head_of_service"), started_at=AT)
    page = client.get(reverse("letter", args=[people["bea"].reference, letter.reference])).content.decode()
    assert "Not given “What was said”" in page and "Ada" not in page
    shared = to["Fred"].left_out.get(title="What was decided")
    actions.put_back(to["Fred"], shared.number, by=worker, at=AT)
    assert "a nurse" in words(to["Fred"], worker)


def test_minutes_of_one_child_are_whole_but_for_what_was_said_without_a_parent() -> None:
    worker = a_user("social_worker")
    people = half_sisters(worker)
    meeting = a_core_group(people, worker)
    meeting.children.exclude(person=people["bea"]).delete()
    letter = begun(people["bea"], "meeting_minutes", worker)
    left = {name: [one.title for one in copy_for(letter, name, worker).left_out.all()] for name in ("Fred", "Mo")}
    assert left == {"Fred": ["What Bea said", "What the parents said"], "Mo": ["What Bea said"]}


def test_a_plan_goes_out_as_the_page_for_parents_says_it(sign_in: Any) -> None:
    worker, child, mother = a_user("social_worker"), a_child("Kit"), an_adult("Mona")
    allocated(child, worker.worker), related(child, mother)
    plan = Plan(PROTECTION, on_a_plan(child, date(2026, 11, 2), AT))
    version = versions.begin_version(plan, by=worker, at=AT)
    need = writing.add_need(version, what="Kit needs sleep", family_words="", outcome="Asleep by 9", by=worker, at=AT)
    outcome = writing.outcome_of(need)
    assert outcome is not None
    writing.add_action(outcome, writing.Said("Reads to Kit", by_when=date(2026, 12, 1)), by=worker, at=AT)
    said = {"worried_about": "Nights", "contingency": "We meet", "seen_every_weeks": 2, "childs_view": "Dad shouts."}
    versions.write_parts(version, said, by=worker, at=AT)
    assert [one for one in queries.can_begin(child, worker) if one.template.kind == "plan"] == []
    versions.bring_into_force(version, in_force_from=TODAY, by=worker, at=AT)

    letter = begun(child, "plan", worker, version.reference)
    read = words(copy_for(letter, "Mona", worker), worker)
    page = sign_in(worker).get(reverse("plan_for_parents", args=[version.pk])).content.decode()
    for one in (
        "Kit needs sleep",
        "Asleep by 9",
        "Reads to Kit. By 1 December 2026.",
        "We visit every 2 weeks.",
        "Nights",
    ):
        assert one in read and one in page, one
    assert "Going well" not in read
    assert "Dad shouts." not in read and "has been left out" not in read, "it may not be known that there is more"
    assert "Dad shouts." in words(copy_for(letter, "Kit Example", worker), worker), "the child’s own copy has it"
    (left,) = Copy.objects.get(name="Mona Example").left_out.all()
    assert (left.title, left.says_so) == ("What Kit says", False) and "Nobody has said yet" in left.reason
    by: Any = {"version": None, "by": worker, "at": AT}
    versions.say_who_reads(version, parents_may_read=True, parents_may_read_why="", **by)
    given = copy_for(letter, "Mona", worker)
    assert "Dad shouts." in words(given, worker)

    # It is safe no longer, and her copy is not sent yet: it goes without, and the page says so.
    versions.say_who_reads(version, parents_may_read=False, parents_may_read_why="He reads her post.", **by)
    given = Copy.objects.get(pk=given.pk)
    assert "Dad shouts." not in words(given, worker)
    at_letter = reverse("letter", args=[child.reference, letter.reference])
    assert "He reads her post." in sign_in(worker).get(at_letter).content.decode()
    ready = reverse("make_ready", args=[child.reference, letter.reference, given.pk])
    assert "He reads her post." in sign_in(worker).get(ready).content.decode()
    actions.make_ready(given, version=None, by=worker, at=AT)
    assert [one.reason for one in given.without] == ["He reads her post."], "what it was made without stays with it"


def test_a_report_to_conference_is_made_of_the_record_and_the_family_is_asked_first(sign_in: Any) -> None:
    worker = a_user("social_worker")
    people = half_sisters(worker)
    family = FamilyPart.objects.create(family_history="A long quarrel", parents_views="We try",
                                       professionals_views="School is worried")  # fmt: skip
    for name in ("ada", "bea"):
        Assessment.objects.create(
            person=people[name], family=family, started_on=date(2026, 11, 4), needs=f"{name} needs calm", kind="single"
        )
    bea = people["bea"]
    enquiry = Section47Enquiry.objects.create(person=bea, started_on=date(2026, 11, 3), analysis="Nights are not safe")
    enquiry.agency_findings.create(agency="police", who="DS Example", told_on=date(2026, 11, 5), found="Two calls")
    enquiry.times_seen.create(seen_at=at(2026, 11, 4, 15), alone=True, what_was_said="He hits me")
    conference = Conference.objects.create(planned_at=at(2026, 12, 3, 10))
    conference.invitations.create(agency="police", name="DS Example")
    hers = ChildAtConference.objects.create(conference=conference, person=bea, kind="initial", enquiry=enquiry)

    assert (
        "conference_report"
        in sign_in(worker)
        .get(f"{reverse('begin_letter', args=[bea.reference])}?about={hers.reference}")
        .content.decode()
    )
    letter = begun(bea, "conference_report", worker, hers.reference)
    read = {name: words(copy_for(letter, name, worker), worker) for name in ("Mo", "Fred", "DS")}
    assert all("bea needs calm" in one and "Nights are not safe" in one for one in read.values())
    assert "He hits me" in read["DS"] and "Two calls" in read["DS"]
    for name in ("Mo", "Fred"):
        assert not any(one in read[name] for one in ("He hits me", "Two calls", "School is worried")), name
    assert "A long quarrel" in read["Mo"] and "A long quarrel" not in read["Fred"]


@pytest.mark.parametrize(("kind", "title"), [
    ("meeting_minutes", "What Bea said"), ("conference_minutes", "What Bea thinks"),
    ("assessment_outcome", "What Bea told us"), ("conference_report", "Bea’s own words"),
])  # fmt: skip
def test_a_childs_own_words_reach_nobody_of_the_family_else_until_a_worker_gives_them(kind: str, title: str) -> None:
    worker = a_user("social_worker")
    people = half_sisters(worker)
    bea, said = people["bea"], "Fred frightens me."
    a_core_group(people, worker).children.filter(person=bea).update(childs_words="")
    one = Assessment.objects.create(person=bea, kind="single", started_on=date(2026, 11, 2),
                                    authorised_on=date(2026, 11, 20))  # fmt: skip
    for held_on in (None, date(2026, 11, 20)):
        conference = Conference.objects.create(planned_at=at(2026, 11, 20, 10), held_on=held_on)
        ChildAtConference.objects.create(conference=conference, person=bea, kind="initial")
    letter = begun(bea, kind, worker)
    to = [copy_for(letter, name, worker) for name in ("Mo", "Bea")]
    to.append(actions.add_copy(letter, Whom("agency", "Dr Sample"), by=worker, at=AT))
    to.append(actions.add_copy(letter, Whom("other", "Aunt Jo"), by=worker, at=AT))

    # Written after the copies were added: they are held back all the same.
    ChildAtMeeting.objects.filter(person=bea).update(childs_words=said)
    ChildAtConference.objects.filter(person=bea).update(childs_views=said)
    Assessment.objects.filter(pk=one.pk).update(childs_words=said)
    assert [said in words(copy, worker) for copy in to] == [False, True, True, False]
    assert title not in words(to[0], worker), "nor that there is more"
    left = to[0].left_out.get(title=title)
    assert not left.says_so and "ask the child" in left.reason
    actions.put_back(to[0], left.number, by=worker, at=AT)
    assert said in words(to[0], worker)


def test_parents_are_told_that_an_assessment_begins_and_by_when(sign_in: Any) -> None:
    worker, child, mother = a_user("social_worker"), a_child("Kit"), an_adult("Mona")
    allocated(child, worker.worker), related(child, mother)
    one = Assessment.objects.create(person=child, started_on=date(2026, 11, 4), worker=worker.worker, kind="single")
    letter = begun(child, "assessment_begins", worker, one.reference)
    copy = copy_for(letter, "Mona", worker)
    assert "On 4 November 2026 we began an assessment of Kit." in words(copy, worker)
    assert "to finish by" not in words(copy, worker)  # no clock runs: nothing is said
    actions.make_ready(copy, version=None, by=worker, at=AT)
    assert copy.pdf is not None and copy.pdf.file.path.read_bytes().startswith(b"%PDF-")
    page = sign_in(worker).get(reverse("assessment", args=[one.pk])).content.decode()
    assert "An assessment begins, to the parents" in page and "Ready to send" in page


def test_whoever_got_in_touch_is_told_by_letter_where_no_referral_followed(sign_in: Any) -> None:
    worker, child = a_user("front_door_officer"), a_child("Ada")
    contact = a_contact(child, caller_name="Hanne Health", agency="Amberford Health")
    (about,) = decided(contact, outcome="early_help", given="Help with mornings")
    page = sign_in(worker).get(reverse("contact", args=[contact.reference])).content.decode()
    assert f"{reverse('begin_letter', args=[child.reference])}?about={about.reference}" in page
    assert "Referrer not told yet" in page
    letter = begun(child, "contact_answer", worker, about.reference)
    copy = copy_for(letter, "Hanne", worker)
    assert "Passed to early help" in words(copy, worker) and "Help with mornings" not in words(copy, worker)
    actions.make_ready(copy, version=None, by=worker, at=AT)
    actions.send(copy, way="post", sent_on=TODAY, by=worker, at=AT)
    told = about.told.get()
    assert (told.kind, told.how, told.to_whom) == ("outcome", "letter", "Hanne Health, Amberford Health")
    assert "not told yet" not in sign_in(worker).get(reverse("contact", args=[contact.reference])).content.decode()
    asked = sign_in(worker).get(reverse("tell_referrer", args=[contact.reference])).context["form"].fields["how"]
    assert "letter" not in dict(asked.choices)


def test_a_contact_that_became_a_referral_is_answered_by_the_letter_of_the_referral() -> None:
    worker, child = a_user("front_door_officer"), a_child("Ada")
    decided(a_contact(child))
    assert [one for one in queries.can_begin(child, worker) if one.template.kind == "contact_answer"] == []


def test_an_assessment_is_shared_by_the_first_letter_that_reaches_the_family() -> None:
    worker, child, mother = a_user("social_worker"), a_child("Kit"), an_adult("Mona")
    allocated(child, worker.worker), related(child, mother)
    one = Assessment.objects.create(person=child, kind="single", started_on=date(2026, 11, 2),
                                    authorised_on=date(2026, 11, 20), outcome="closed")  # fmt: skip
    letter = begun(child, "assessment_outcome", worker, one.reference)
    to_mother, to_child = (copy_for(letter, name, worker) for name in ("Mona", "Kit"))
    for copy, way in ((to_mother, "post"), (to_child, "hand")):
        actions.make_ready(copy, version=None, by=worker, at=AT)
        actions.send(copy, way=way, sent_on=TODAY, by=worker, at=AT)
    one.refresh_from_db()
    assert (one.shared_on, one.shared_with.startswith("Mona Example: by post")) == (TODAY, True)
    actions.returned(to_mother, on=TODAY, because="Gone away", by=worker, at=AT)
    one.refresh_from_db()
    assert (one.shared_on, one.shared_with.startswith("Kit Example: by hand")) == (TODAY, True)
    actions.returned(to_child, on=TODAY, because="", by=worker, at=AT)
    one.refresh_from_db()
    assert (one.shared_on, one.shared_with) == (None, "")


def test_what_a_worker_recorded_of_the_sharing_stays_whatever_letters_go() -> None:
    worker, child = a_user("social_worker"), a_child("Kit")
    allocated(child, worker.worker)
    one = Assessment.objects.create(
        person=child, kind="single", started_on=date(2026, 11, 2), authorised_on=date(2026, 11, 20), outcome="closed",
        shared_on=date(2026, 11, 23), shared_with="Read to Kit at home",
    )  # fmt: skip
    copy = copy_for(begun(child, "assessment_outcome", worker, one.reference), "Kit", worker)
    actions.make_ready(copy, version=None, by=worker, at=AT)
    actions.send(copy, way="post", sent_on=TODAY, by=worker, at=AT)
    actions.returned(copy, on=TODAY, because="", by=worker, at=AT)
    one.refresh_from_db()
    assert (one.shared_on, one.shared_with) == (date(2026, 11, 23), "Read to Kit at home")


def test_the_minutes_say_whether_it_was_quorate_what_reports_came_and_when_the_plan_is_looked_at_again() -> None:
    child, chair = a_conference()
    held, police, doctor, _ = child.conference, *child.conference.invitations.order_by("pk")
    reports.note_report(doctor, arrived_on=TODAY, by=chair, at=AT)
    came = {one.pk: "in_person" for one in held.invitations.all()}
    conferences.hold(held, conferences.Meeting(TODAY, came, how_parents_were_heard="By letter"), by=chair, at=AT)
    apart = deciding.View(False, "Too soon")
    deciding.decide(child, deciding.Verdict("plan_made", "NEG", "x", {police.pk: apart}), by=chair, at=AT)
    letter = begun(child.person, "conference_minutes", chair)
    text = words(copy_for(letter, "Dr Sample", chair), chair)
    for said in (
        "Enough agencies were there to decide (it was quorate).", "Dr Sample, Health", "Came 27 November 2026",
        "By letter", "Does not agree", "Too soon", "The plan is to be looked at again by 27 February 2027.",
    ):  # fmt: skip
        assert said in text, said


def test_the_minutes_of_a_conference_without_a_quorum_say_who_was_not_there() -> None:
    child, chair = a_conference()
    came = {one.pk: "in_person" if one.agency == "police" else "absent" for one in child.conference.invitations.all()}
    meeting = conferences.Meeting(TODAY, came, why_without_quorum="It could not wait")
    conferences.hold(child.conference, meeting, by=chair, at=AT)
    deciding.decide(child, deciding.Verdict("no_plan", reasons="x"), by=chair, at=AT)
    text = words(copy_for(begun(child.person, "conference_minutes", chair), "DS Example", chair), chair)
    assert "Too few agencies were there (it was not quorate). Children’s social care was not there." in text
    assert "looked at again" not in text


def test_a_chronology_is_made_for_the_children_chosen_and_read_by_who_may_read_each_of_them(sign_in: Any) -> None:
    worker = a_user("social_worker")
    people = half_sisters(worker)
    ada, bea = people["ada"], people["bea"]
    for child, what in ((ada, "Ada came home late"), (bea, "Bea was sick at school")):
        child.chronology_entries.create(happened_on=date(2026, 11, 3), what=what)
    client, colleague = sign_in(worker), sign_in("director")
    begin = f"{reverse('begin_letter', args=[bea.reference])}?kind=chronology&beside={ada.reference}"
    choose = client.post(begin, {"letter": "chronology:"})["Location"]
    asked = client.get(choose).content.decode()
    assert "Ada Example, born " in asked and "checked" in asked
    assert client.post(choose, {"beside": [ada.reference]}).status_code == 302
    letter = Letter.objects.get()
    assert [one.person for one in letter.also_about.all()] == [ada]

    for name, beside in (("Mo", True), ("Fred", False), ("Bea", False)):
        read = words(copy_for(letter, name, worker), worker)
        assert "Bea was sick at school" in read and ("Ada came home late" in read) is beside, name
    (left,) = Copy.objects.get(name="Fred Example").left_out.all()
    assert left.title == "Brothers and sisters, day by day" and "parent of every one" in left.reason
    court = actions.add_copy(letter, Whom("court", "Family Court"), by=worker, at=AT)
    assert "Ada came home late" in words(court, worker)

    actions.make_ready(court, version=None, by=worker, at=AT)
    shown, file = (reverse(name, args=[bea.reference, letter.reference, *more]) for name, more in (
        ("letter", []), ("copy_kept", [court.pk, "pdf"])))  # fmt: skip
    given = client.get(file)
    assert given["Content-Type"] == "application/pdf" and b"".join(given.streaming_content).startswith(b"%PDF")
    assert "About Bea Example and Ada Example." in client.get(shown).content.decode()
    assert Document.objects.filter(person__isnull=False).count() == 0, "on no record that only one of them opens"
    assert colleague.get(shown).status_code == 200
    Restriction.objects.create(person=ada, reason="x", owner=worker, started_at=AT)
    assert "Chronology for court" not in colleague.get(reverse("letters", args=[bea.reference])).content.decode()
    assert (colleague.get(shown).status_code, colleague.get(file).status_code) == (404, 404)
    composed = chronologies.fill(bea, ada.reference, colleague.user, TODAY)
    assert composed is None, "nor is it put together for them"


def test_who_has_a_copy_already_does_not_get_what_children_chosen_later_bring(sign_in: Any) -> None:
    worker = a_user("social_worker")
    people = half_sisters(worker)
    people["ada"].chronology_entries.create(happened_on=date(2026, 11, 3), what="Ada came home late")
    letter = begun(people["bea"], "chronology", worker)
    copy = copy_for(letter, "Fred", worker)
    actions.choose_children(letter, [people["ada"]], version=None, by=worker, at=AT)
    assert [one.title for one in copy.left_out.all()] == ["Brothers and sisters, day by day"]
    assert "Ada came home late" not in words(copy, worker)
    actions.make_ready(Copy.objects.get(), version=None, by=worker, at=AT)
    with pytest.raises(Refused, match="cannot be changed"):
        actions.choose_children(letter, [], version=None, by=worker, at=AT)
