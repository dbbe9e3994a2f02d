"""A letter from its template to the file that is kept, and what each recipient was not given."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.common.refused import Refused
from casework.front_door.models import Referral, Told
from casework.letters import actions, queries, wording_actions
from casework.letters.composing import compose, example
from casework.letters.kinds import KINDS, Whom, fields_of
from casework.letters.models import Copy, Letter
from casework.letters.paper.markup import faults
from casework.letters.paper.tree import Paragraph, plain
from casework.letters.wordings import LETTERHEAD, letterhead, shipped, template
from casework.people.models import Address, Person
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, allocated, an_adult, related
from tests.casework.making_contacts import a_contact, decided
from tests.papers import NEEDS_POPPLER, words_of

pytestmark = pytest.mark.django_db
AT, TODAY = FRIDAY_TEATIME, FRIDAY_TEATIME.date()
WHY = "What may the referrer know about why? Leave out what the family told us in confidence."


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def referred(worker: Any) -> tuple[Person, Letter]:
    child = a_child("Carl")
    (about,) = decided(a_contact(child, caller_name="Ann #[Caller]"))
    referral = about.referrals.get()
    referral.decided_on, referral.outcome = date(2026, 11, 26), "assessment"
    referral.save()
    child.allocations.all().delete()
    allocated(child, worker.worker)
    one = next(one for one in queries.can_begin(child, worker) if one.template.code == "referral_outcome")
    return child, actions.begin(child, one.template, one.about, by=worker, at=AT)


def test_every_shipped_template_is_right_and_can_be_previewed() -> None:
    assert {one.kind for one in shipped().values()} == {*KINDS, LETTERHEAD}
    for one in shipped().values():
        if one.code != LETTERHEAD:
            known = fields_of(KINDS[one.kind])
            assert faults(one.text, [f.name for f in known], [f.name for f in known if f.part]) == [], one.code
            assert example(one.text, one.kind).title, one.code


def test_the_referrer_is_told_by_a_letter_that_is_kept_as_it_was_sent(sign_in: Any) -> None:
    worker = a_user("social_worker")
    child, letter = referred(worker)
    client = sign_in(worker)
    page = reverse("letter", args=[child.reference, letter.reference])
    client.post(reverse("write_letter", args=[child.reference, letter.reference]), {"answer_0": "**Two** worries."})
    letter.refresh_from_db()
    assert letter.answers == {WHY: "**Two** worries."}

    (caller,) = [one for one in queries.who_may_get(letter, worker, TODAY) if one.recipient == "referrer"]
    assert caller.name == "Ann #[Caller], Amberford Police"
    copy = actions.add_copy(letter, caller, by=worker, at=AT)
    assert "Draft. Not sent to anybody." not in client.get(page).content.decode()
    read = client.get(page).content.decode()
    assert "Dear Ann #[Caller], Amberford Police" in read
    assert "<strong>Two</strong> worries." in read
    with pytest.raises(Refused, match="Make the copy ready first"):
        actions.send(copy, way="post", sent_on=TODAY, by=worker, at=AT)

    client.post(reverse("make_ready", args=[child.reference, letter.reference, copy.pk]), {})
    copy.refresh_from_db()
    assert copy.pdf is not None
    assert copy.word is not None
    content = copy.pdf.file.path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == copy.pdf.file.sha256
    assert (copy.pdf.person_id, copy.word.file.kind) == (child.pk, "docx")
    with pytest.raises(Refused, match="so it cannot be changed"):
        actions.write(letter, {}, version=None, by=worker, at=AT)

    sent = reverse("copy_sent", args=[child.reference, letter.reference, copy.pk])
    made = copy.made_at
    assert made is not None
    day = {f"sent_on_{part}": getattr(made, part) for part in ("day", "month", "year")}
    assert client.post(sent, {"way": "post", **day}).status_code == 302
    copy.refresh_from_db()
    assert (copy.state, copy.sent_by) == ("Sent", worker.worker)
    told = Told.objects.get()
    assert (told.kind, told.how, told.to_whom) == ("outcome", "letter", "Ann #[Caller], Amberford Police")
    assert "By post" in client.get(page).content.decode()
    with pytest.raises(Refused, match="has been sent"):
        actions.put_away(letter, because="x", by=worker, at=AT)


@NEEDS_POPPLER
def test_each_copy_lacks_what_its_reader_is_not_given(tmp_path: Any) -> None:
    worker = a_user("social_worker")
    child, mother, father = a_child("Carl"), an_adult("Mona"), an_adult("Fred")
    related(child, mother), related(child, father, "father")
    allocated(child, worker.worker)
    for person, lines in ((child, "1 Example Road"), (mother, "1, Example road"), (father, "9 Sample Street")):
        Address.objects.create(person=person, kind="home", lines=lines, postcode="ZZ1 1AA", started_on=date(2020, 1, 1))
    text = "# About {{ child.name }}\n{{ child.address }}\n## Health\nA secret\n## Home\nQuiet\n"
    made = wording_actions.new_template("free", name="Both", text=text, by=worker, at=AT)
    worded = template(made.code)
    assert worded is not None
    letter = actions.begin(child, worded, "", by=worker, at=AT)
    known = {one.name: one for one in queries.who_may_get(letter, worker, TODAY)}
    apart = {name: queries.lives_apart(one, child, TODAY) for name, one in known.items()}
    assert apart == {"Mona Example": False, "Fred Example": True, "Carl Example": False}

    hers = actions.add_copy(letter, known["Mona Example"], by=worker, at=AT)
    his = actions.add_copy(letter, known["Fred Example"], hides_address=queries.APART, by=worker, at=AT)
    actions.leave_out(his, [(1, "Health")], reason="Not his to know", says_so=False, by=worker, at=AT)
    actions.leave_out(his, [(2, "Home")], reason="Told in confidence", says_so=True, by=worker, at=AT)

    def words(copy: Copy) -> list[str]:
        paper = compose(letter, copy, by=worker, on=TODAY).paper
        return [plain(b.words) for s in paper.sections for b in s.blocks if isinstance(b, Paragraph)]

    assert words(hers) == ["1 Example Road", "ZZ1 1AA", "A secret", "Quiet"]
    assert words(his) == ["not given in this copy", "This part has been left out of your copy."]
    his.refresh_from_db()
    actions.make_ready(his, version=None, by=worker, at=AT)
    assert his.pdf is not None
    his_words = words_of(his.pdf.file.path.read_bytes())
    assert not re.search("secret|Health|1 Example Road|Quiet", his_words)
    assert "Fred Example\n9 Sample Street" in his_words
    with pytest.raises(Refused, match="is ready and cannot be changed"):
        actions.put_back(his, 1, by=worker, at=AT)


def test_an_administrator_words_a_template_and_goes_back_and_letters_keep_their_words(sign_in: Any) -> None:
    admin, worker = a_user("administrator"), a_user("social_worker")
    client, child = sign_in(admin), a_child("Carl")
    allocated(child, worker.worker)
    free = template("free")
    assert free is not None
    before = actions.begin(child, free, "", by=worker, at=AT)
    page = reverse("letter_template", args=["free"])
    refused = client.post(page, {"name": "Ours", "text": "# T\nDear {{ childs.name }}"})
    assert refused.status_code == 422
    assert "Line 2: there is no field “childs.name”" in refused.content.decode()
    shown = client.post(reverse("preview_template"), {"preview_kind": "free", "text": "# About {{ child.name }}"})
    assert "About Carl Example" in shown.content.decode()
    assert client.post(page, {"name": "Ours", "text": "# T\nDear {{ child.name }}"}).status_code == 302
    now = template("free")
    assert now is not None
    assert (now.name, now.number, now.shipped) == ("Ours", 1, False)
    before.refresh_from_db()
    assert (before.text, before.wording) == (shipped()["free"].text, 0)
    assert client.post(reverse("template_as_shipped", args=["free"]), {}).status_code == 302
    again = template("free")
    assert again is not None
    assert (again.text, again.number, again.shipped) == (shipped()["free"].text, 2, True)
    client.post(reverse("letter_template", args=[LETTERHEAD]), {"name": "Letterhead", "text": "Amberford Council\nX"})
    assert letterhead() == ("Amberford Council", "X")
    with pytest.raises(Refused, match="Somebody else has worded this meanwhile"):
        wording_actions.word_template(now, name="x", text="# T", by=admin, at=AT)


def test_a_letter_is_read_through_its_own_child_alone(sign_in: Any) -> None:
    worker = a_user("social_worker")
    child, letter = referred(worker)
    other = a_child("Olga")
    allocated(other, worker.worker)
    client = sign_in(worker)
    assert client.get(reverse("letter", args=[child.reference, letter.reference])).status_code == 200
    assert client.get(reverse("letter", args=[other.reference, letter.reference])).status_code == 404
    copy = actions.add_copy(letter, Whom("other", "X"), by=worker, at=AT)
    assert client.get(reverse("copy_paper", args=[other.reference, letter.reference, copy.pk])).status_code == 404
    draft = client.get(reverse("copy_paper", args=[child.reference, letter.reference, copy.pk]))
    assert draft.content.startswith(b"%PDF-")


def test_the_day_that_the_letter_went_is_the_day_that_they_were_told(sign_in: Any) -> None:
    worker, manager = a_user("social_worker"), a_user("group_manager")
    child, letter = referred(worker)
    referral = Referral.objects.get(reference=letter.about)
    Referral.objects.filter(pk=referral.pk).update(acknowledged_on=None)
    copy = actions.add_copy(letter, Whom("referrer", "Ann"), by=worker, at=AT)
    actions.make_ready(copy, version=None, by=worker, at=AT)
    later = AT + timedelta(days=3)
    actions.send(copy, way="post", sent_on=TODAY, by=worker, at=later)
    told = Told.objects.get()
    assert (timezone.localtime(told.told_at).isoformat(), told.recorded_at) == ("2026-11-27T12:00:00+00:00", later)
    referral.refresh_from_db()
    assert referral.acknowledged_on == TODAY
    client = sign_in(manager)
    page = client.get(reverse("referral", args=[referral.reference])).content.decode()
    assert "The letter “What was decided on a referral”." in page and "by post" in page
    again = reverse("add_copy", args=[child.reference, letter.reference])
    assert (
        f"{again}?again={copy.pk}"
        not in client.get(reverse("letter", args=[child.reference, letter.reference])).content.decode()
    )
    actions.returned(copy, on=later.date(), because="Gone away", by=worker, at=later)
    assert (
        f"{again}?again={copy.pk}"
        in client.get(reverse("letter", args=[child.reference, letter.reference])).content.decode()
    )
    page = client.get(reverse("referral", args=[referral.reference])).content.decode()
    assert "The letter “What was decided on a referral” came back: Gone away." in page
    form = client.get(f"{again}?again={copy.pk}").context["form"]
    assert (form.initial["who"], form.initial["name"]) == ("other", "Ann")
    asked = client.get(reverse("tell_of_referral", args=[referral.reference])).context["form"].fields["how"].choices
    assert Told.How.LETTER not in dict(asked)
