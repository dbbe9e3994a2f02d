"""Every page as it is met in Chromium: barriers, faults, width, keyboard, names, and what an empty form says.

The pages are those of the access table, which fails when a page is not in it, and the sign-in library's. A page that
nobody here opens fails this test too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlparse

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from casework.access.middleware import OWN_ACCOUNT_PAGES, SIGN_IN_PAGES
from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.child_protection.models import ChildAtConference, Conference, Section47Enquiry
from casework.confidential.actions import restrict
from casework.documents.models import StoredFile
from casework.drafts.models import Draft
from casework.front_door.models import Contribution, Named
from casework.meetings.models import ChildAtMeeting
from casework.people.models import Person
from casework.tasks.actions import ask_for_sign_off
from tests.casework.access.test_every_page import TABLE, TESTED_WITH_QUESTIONS, arguments
from tests.casework.live import somebody_at
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated
from tests.casework.making_accuracy import a_return
from tests.casework.making_contacts import a_referral
from tests.casework.making_front_door import SATURDAY, a_busy_front_door
from tests.casework.test_queries_per_page import more_on_record, role_for
from tests.pages import DESKTOP, IN_A_BROWSER, SCROLL_WIDTH, SMALLEST, barriers, browser, pictured

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]

AGENCY = "Amberford Health"
FORM = "main form[data-golden-thread-form]"
NAMES = (
    "[document.documentElement.lang, document.title, ...[...document.querySelectorAll('h1')].map(one => one.innerText)]"
)
FILES = {"document_content", "contact_file_content", "return_file", "return_changes", "copy_paper", "copy_kept"}
LEAD_ON = {"missing_row", "visit_row", "police_protection_row", "emergency_order_row", "cin_plan_of_row",
           "cp_plan_of_row", "private_fostering_row"}  # fmt: skip
NOT_PAGES = FILES | LEAD_ON | {"mfa_download_recovery_codes"}
"""Addresses that give a file, in which axe would wait for ever, or that lead on to a page."""
BEFORE_SIGNING_IN = {"account_login", "account_inactive", "socialaccount_login_cancelled"}
WITHOUT_A_SECOND_FACTOR = {
    "account_logout", "account_change_password", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn",
    "mfa_add_webauthn", "account_reauthenticate",
}  # fmt: skip
WITH_A_SECOND_FACTOR = {
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate",
}  # fmt: skip
IN_THE_MIDDLE_OF_SIGNING_IN = {
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
    "openid_connect_login",
    "openid_connect_callback",
    "socialaccount_login_error",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}
"""Met on the way only; tests/casework/accounts/test_in_a_browser.py goes that way."""
NOTHING_REQUIRED = {
    "finish_task", "change_details", "change_relation", "remove_belonging", "remove_relation", "name_people",
    "match_people", "early_help_write", "assessment_family", "assessment_child", "assessment_factors",
    "assessment_analysis", "say_significance", "conference_views", "enquiry_meaning", "missing_police",
    "national_decisions", "police_child_told", "change_meeting", "meeting_minutes",
    "correct_conference", "write_plan", "plan_part", "plan_words_for_parents", "write_letter", "copy_address",
    "letter_children",
}  # fmt: skip
"""Forms that may be saved empty: what is not known yet is left for later, or there is nothing to answer."""
EMPTY = """form => {
  for (const one of form.elements) {
    if (['radio', 'checkbox'].includes(one.type)) one.checked = false;
    else if (!['hidden', 'submit', 'file'].includes(one.type)) one.value = '';
  }
}"""
SEEN_WITH_ERRORS = {"write_note", "decide_contact", "allocate"}
"""Forms drawn in ways of their own: axe is run on them as they come back, too."""
ONLY_A_BUTTON = {
    "take_off_conference",
    "throw_plan_away",
    "take_plan_need_out",
    "take_plan_action_out",
    "make_ready",
    "template_as_shipped",
}
"""Pages that ask whether somebody is sure: sent, they do it, and what the next pages are about would be gone."""
AFTER_LINKS = "[...new Set([...document.links].map(one => getComputedStyle(one, '::after').content))]"
LEADS_NOWHERE = """all => all.filter(one => !document.getElementById(one.hash.slice(1))?.checkVisibility())
  .map(one => one.outerHTML)"""
BY_KEYBOARD = """() => {
  const STYLES = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor', 'borderTopWidth'];
  const look = (one, part) => { const s = getComputedStyle(one, part); return STYLES.map(name => s[name]).join(); };
  const drawn = one => { const s = getComputedStyle(one); return [s.fill, s.stroke, s.strokeWidth].join(); };
  const shapes = one => [...one.querySelectorAll(':scope > rect, :scope > circle')].map(drawn);
  const labels = one => [...(one.labels || [])].map(label => look(label, '::before'));
  const looks = one => [look(one), ...shapes(one), ...labels(one)].join();
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, iframe, [tabindex]')];
  const there = all.filter(one => one.type !== 'hidden' && !one.disabled && one.id !== 'main'
    && one.checkVisibility({visibilityProperty: true})
    && !one.matches('.govuk-error-summary, .govuk-notification-banner, iframe'));
  const faults = [];
  for (const one of there) {
    const say = why => faults.push(`${why}: ${one.outerHTML.slice(0, 160)}`);
    if (one.tabIndex < 0) say('left out by Tab');
    if (one.tabIndex > 0) say('out of order');
    if (getComputedStyle(one).color === 'rgb(0, 0, 238)') say('a link that has no look of ours');
    document.activeElement.blur();
    const before = looks(one);
    one.focus();
    if (document.activeElement !== one) say('takes no focus');
    else if (looks(one) === before) say('shows no focus');
  }
  return faults;
}"""


@dataclass
class Reader:
    """Somebody at a browser, and what is wrong with the pages they met, by the page's name."""

    page: Any
    site: str
    faults: dict[str, list[str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def says_who_they_are(self) -> None:
        """The password again, which the pages of one's own account ask for."""
        self.page.goto(f"{self.site}{reverse('account_reauthenticate')}")
        self.page.fill("[name=password]", "a password for tests 1")
        with self.page.expect_navigation():
            self.page.click("main button")

    def opens(self, name: str, address: str) -> None:
        """The page of that name, asked everything that every page is asked; and its form, sent empty."""
        self.page.set_viewport_size({"width": DESKTOP, "height": 900})
        answer = self.page.goto(f"{self.site}{address}")
        if answer.status != 200 or urlparse(self.page.url).path != urlparse(address).path:
            self.faults[name] = [f"{answer.status} {self.page.url}"]
            return
        if "text/html" not in answer.headers.get("content-type", ""):
            self.faults[name] = ["a file, and no page"]
            return
        pictured(self.page, name)
        found = [*self._names(), *self._barriers(), *self._by_keyboard(), *self._at_the_smallest()]
        self._note(name, found)
        if name not in NOTHING_REQUIRED | ONLY_A_BUTTON and self.page.locator(FORM).count():
            self._sends_nothing(name)

    def _sends_nothing(self, name: str) -> None:
        """The page's form sent with nothing in it: what is missing is summarised, in focus, with links to it."""
        form = self.page.locator(FORM)
        form.evaluate(EMPTY)
        with self.page.expect_navigation():
            form.evaluate("form => form.submit()")
        summary = self.page.locator(".govuk-error-summary")
        if summary.count() != 1:
            self._note(name, [f"an empty form is answered with {self.page.url}"])
            return
        links = summary.locator("a")
        found = [f"leads nowhere: {link}" for link in links.evaluate_all(LEADS_NOWHERE)]
        if self.page.locator("main .govuk-error-message").count() > links.count():
            found.append("not every error is in the summary")
        if self.page.evaluate("document.activeElement.className") != "govuk-error-summary":
            found.append("the summary is not in focus")
        if not self.page.title().startswith("Error: "):
            found.append("the title does not say that there is an error")
        self._note(name, [*found, *(self._barriers() if name in SEEN_WITH_ERRORS else [])])

    def _note(self, name: str, found: list[str]) -> None:
        found += [said for said in self.said if "status of 422" not in said]  # the browser's word for a form refused
        self.said.clear()
        if found:
            self.faults[name] = [*self.faults.get(name, []), *found]

    def _names(self) -> list[str]:
        lang, title, *headings = self.page.evaluate(NAMES)
        if lang != "en-GB" or len(headings) != 1:
            return [f"lang {lang}, headings {headings}"]
        return [] if title.startswith(f"{headings[0]} – ") else [f"“{title}” is headed “{headings[0]}”"]

    def _by_keyboard(self) -> list[str]:
        self.page.keyboard.press("Tab")
        first = self.page.evaluate("document.activeElement.className")
        found = [] if "skip-link" in first else [f"the first Tab leads to {first}"]
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        return [*found, *self.page.evaluate(BY_KEYBOARD)]

    def _barriers(self) -> list[str]:
        return [f"{one['id']}: {node['html'][:200]}" for one in barriers(self.page).response["violations"]
                for node in one["nodes"]]  # fmt: skip

    def _at_the_smallest(self) -> list[str]:
        """At 320 pixels: a phone held upright, and a page of 1280 at 400 per cent (WCAG 1.4.10)."""
        self.page.set_viewport_size({"width": SMALLEST, "height": 800})
        wide = self.page.evaluate(SCROLL_WIDTH)
        return [f"{wide} pixels wide at {SMALLEST}"] if wide > SMALLEST else []


def a_reader(browser: Any, site: str, user: User | None) -> Reader:
    page = somebody_at(browser, site, user) if user else browser.new_context().new_page()
    reader = Reader(page, site)
    page.on("console", lambda told: reader.said.append(told.text) if told.type in {"error", "warning"} else None)
    page.on("pageerror", lambda told: reader.said.append(str(told)))
    return reader


@pytest.fixture(autouse=True)
def saturday(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: SATURDAY)
    settings.MEDIA_ROOT = tmp_path


def a_family(user: User) -> dict[str, list[Any]]:
    """A family with several of everything in the user's hands, as the arguments of the pages about it."""
    args = arguments(user, user.worker)
    more_on_record(user, Person.objects.get(reference=args["person"][0]), 0)
    StoredFile.objects.filter(name="a.txt").first().path.write_text("I like school.")
    draft = Draft.objects.create(
        owner=user, key="k", address="/unfinished", title="t", reference="d" * 32, saved_at=FRIDAY_TEATIME
    )
    args |= {"": [], "draft": [draft.reference], "figure": ["csb05"], "account": [a_user("director").pk]}
    return args | {"return": [a_return().pk]}


def at_the_front_door(user: User) -> dict[str, list[Any]]:
    """The arguments of the pages about a contact with all that a contact can hold."""
    contact = a_busy_front_door(user)
    first, second, _ = contact.children.order_by("pk")
    named = Named.objects.get(contact=contact, person=None)
    return {
        "contact": [contact.reference],
        "waiting": [contact.reference],
        "contact_child": [contact.reference, first.reference],
        "named": [contact.reference, named.pk],
        "undecided": [second.referrals.get().reference],
        "asked": [contact.reference, contact.contributions.get(answered_at=None).reference],
    }


def in_another_state(user: User, args: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The arguments of pages that are about another record than the family's, by the page's name."""
    enquiry = Section47Enquiry.objects.create(person=a_child("Una"), started_on=date(2026, 11, 20))
    allocated(enquiry.person, user.worker)
    ask_for_sign_off(person=enquiry.person, kind="section_47", row=enquiry.pk, title="Enquiry", address="/", of=user,
                     by=a_user("social_worker"), at=SATURDAY)  # fmt: skip
    running = Assessment.objects.get(pk=args["assessment"][0])
    ask_for_sign_off(person=running.person, kind="assessment", row=running.pk, title="Assessment", address="/", of=user,
                     by=a_user("social_worker"), at=SATURDAY)  # fmt: skip
    done = Assessment.objects.create(person=running.person, kind="single", started_on=date(2026, 9, 1),
                                     authorised_on=date(2026, 9, 30))  # fmt: skip
    review = ChildAtMeeting.objects.get(pk=args["review"][0])
    ask_for_sign_off(person=review.person, kind="cin_review", row=review.pk, title="Review", address="/", of=user,
                     by=a_user("social_worker"), at=SATURDAY)  # fmt: skip
    closed = a_child("Rhea")
    allocated(closed, user.worker)
    restrict(closed, reason="A relative works here", named=[], by=user, at=FRIDAY_TEATIME)
    fresh = a_referral(a_child("Sol"), by=user)
    fresh.outcome, fresh.decided_on = "assessment", SATURDAY.date()
    fresh.save()
    return {
        "enquiry_sign": [enquiry.pk], "meeting_answer": [review.pk],
        "assessment_share": [done.pk], "lift_restriction": [closed.reference], "start_assessment": [fresh.pk],
    }  # fmt: skip


def addresses(role: str, args: dict[str, list[Any]], by_name: dict[str, list[Any]]) -> dict[str, str]:
    """The address of every page of the table that this role opens here, by its name."""
    mine = [page for page in TABLE if role_for(page) == role and not page.posts and page.name not in NOT_PAGES]
    found = {page.name: reverse(page.name, args=by_name.get(page.name, args[page.of])) for page in mine}
    return found | {name: reverse(name, args=given) for name, given in by_name.items() if name not in found}


def read_all(reader: Reader, found: dict[str, str]) -> None:
    for name, address in found.items():
        reader.opens(name, address)
    assert not reader.faults, "\n".join(f"{name}: {fault}" for name in reader.faults for fault in reader.faults[name])


@pytest.mark.long
def test_the_pages_of_a_manager(browser: Any, live_site: str) -> None:
    user = a_user("group_manager", team=a_team("Front door", stage="front_door"))
    args = a_family(user) | at_the_front_door(user) | {"team": [user.worker.team_id]}
    by_name = in_another_state(user, args) | {"write_answer": args["asked"], "contact_family": args["contact"]}
    found = addresses("group_manager", args, by_name) | {"add_person": f"{reverse('add_person')}?q=Nova+Sample"}
    read_all(a_reader(browser, live_site, user), found)


def test_the_pages_of_a_chair_and_of_an_analyst(browser: Any, live_site: str) -> None:
    chair = a_user("conference_chair")
    args = a_family(chair)
    child = Person.objects.get(reference=args["person"][0])
    held = Conference.objects.create(held_on=FRIDAY_TEATIME.date())
    undecided = ChildAtConference.objects.create(conference=held, person=child, kind="review")
    by_name = {"decide_conference": [undecided.pk]}
    read_all(a_reader(browser, live_site, chair), addresses("conference_chair", args, by_name))
    read_all(a_reader(browser, live_site, a_user("analyst")), addresses("analyst", args, {}))


def test_the_pages_of_others_and_of_ones_own_account(browser: Any, live_site: str) -> None:
    partner, administrator = a_user("partner", agency=AGENCY), a_user("administrator")
    a_busy_front_door(a_user("group_manager"))
    question = Contribution.objects.get(agency=AGENCY)
    read_all(a_reader(browser, live_site, partner), {
        "questions": reverse("questions"), "question": reverse("question", args=[question.reference]),
    })  # fmt: skip
    read_all(a_reader(browser, live_site, administrator), addresses("administrator", {
        "": [], "account": [partner.pk], "template": ["free"],
    }, {}))  # fmt: skip
    read_all(a_reader(browser, live_site, None), {name: reverse(name) for name in sorted(BEFORE_SIGNING_IN)})
    own = a_reader(browser, live_site, partner)
    own.says_who_they_are()
    read_all(own, {name: reverse(name) for name in sorted(WITHOUT_A_SECOND_FACTOR)})
    totp.TOTP.activate(administrator, totp.generate_totp_secret())
    RecoveryCodes.activate(administrator)
    own = a_reader(browser, live_site, administrator)
    own.says_who_they_are()
    read_all(own, {name: reverse(name) for name in sorted(WITH_A_SECOND_FACTOR)})


def test_every_page_is_opened_here() -> None:
    opened = {"group_manager", "conference_chair", "analyst", "partner", "administrator"}
    assert {role_for(page) for page in TABLE} <= opened
    assert {"write_answer", "contact_family", "question"} == TESTED_WITH_QUESTIONS
    ours = BEFORE_SIGNING_IN | WITHOUT_A_SECOND_FACTOR | WITH_A_SECOND_FACTOR | IN_THE_MIDDLE_OF_SIGNING_IN | NOT_PAGES
    assert ours - FILES - LEAD_ON == SIGN_IN_PAGES | OWN_ACCOUNT_PAGES


def test_those_alike_are_shown_while_a_person_is_typed(browser: Any, live_site: str) -> None:
    user = a_user("group_manager")
    known, other = a_child("Avelina", "Sampleton"), a_child("Bertram", "Sampleton")
    closed = a_child("Avelina", "Sampleton", born_on=known.born_on)
    restrict(closed, reason="A relative works here", named=[], by=a_user("director"), at=FRIDAY_TEATIME)
    reader = a_reader(browser, live_site, user)
    page = reader.page
    page.goto(f"{live_site}{reverse('add_person')}?q=Zz")
    page.fill("[name=surname]", "Sampletn")
    page.fill("[name=forename]", "Avelena")
    alike = page.locator("#alike")
    alike.locator("a", has_text="Avelina Sampleton").wait_for()
    assert closed.reference not in alike.inner_text(), "a restricted record shows nowhere"
    assert page.get_attribute("#alike", "aria-live") == "polite"
    assert not barriers(page).response["violations"]
    page.check("#id_not_these")
    with page.expect_response("**/people/alike"):
        page.fill("[name=middle_names]", "May")
        page.fill("[name=postcode]", "AM1 1AA")
    assert page.is_checked("#id_not_these"), "the same people: the tick holds"
    page.fill("[name=forename]", "Bertram")
    alike.locator("a", has_text="Bertram Sampleton").wait_for()
    assert not page.is_checked("#id_not_these"), "somebody else is shown now, whom nobody has looked at"
    assert other.reference in alike.inner_text()
    assert reader.said == []


def test_a_record_prints_without_what_is_for_the_screen(browser: Any, live_site: str) -> None:
    user = a_user("group_manager")
    args = arguments(user, user.worker)
    page = a_reader(browser, live_site, user).page
    page.emulate_media(media="print")
    for name, of in (("person", "person"), ("note", "note"), ("assessment", "assessment")):
        page.goto(f"{live_site}{reverse(name, args=args[of])}")
        assert page.locator(".gt-paper").is_visible(), name
        left = "header, nav, footer.govuk-footer, .govuk-button, .govuk-back-link, form"
        assert [one for one in page.locator(left).all() if one.is_visible()] == [], name
        assert page.evaluate(AFTER_LINKS) == ["none"], "no address is printed behind its link"
