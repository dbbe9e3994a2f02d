"""Begin a letter, write it, say who gets it and what is left out, make it ready, send it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.assessment.actions import share, take_back_sharing
from casework.assessment.models import Assessment
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.documents.actions import attach
from casework.documents.checking import check
from casework.documents.kinds import clean_name
from casework.documents.models import Document
from casework.front_door.actions.telling import tell_referrer
from casework.front_door.models import ContactChild, Referral, Told
from casework.letters.composing import compose, kept_back, left_out_of, whom_of
from casework.letters.kinds import Whom, assessments, front_door
from casework.letters.models import AlsoAbout, Copy, LeftOut, Letter
from casework.letters.paper.pdf import pdf
from casework.letters.paper.word import word
from casework.letters.wordings import Template
from casework.people.models import Person

NOON = time(12)
TO_THE_FAMILY = (Copy.For.PARENT, Copy.For.CHILD)
TELLS_OF: dict[str, type[Referral | ContactChild]] = {
    front_door.OUTCOME.code: Referral,
    front_door.ANSWER.code: ContactChild,
}
"""The row that each letter to whoever got in touch tells of."""
TELLS = {
    Copy.Way.POST: Told.How.LETTER,
    Copy.Way.HAND: Told.How.LETTER,
    Copy.Way.SECURE_MAIL: Told.How.EMAIL,
    Copy.Way.READ_OUT: Told.How.IN_PERSON,
}


@whole
def begin(person: Person, template: Template, about: str, *, told_of: str = "", by: User, at: datetime) -> Letter:
    """A letter on the record, as the template is worded now. `about` is the row it tells of, `told_of` it in words."""
    return Letter.objects.create(
        person=person, kind=template.kind, name=template.name, text=template.text, wording=template.number,
        about=about, told_of=told_of[:200], begun_on=timezone.localdate(at), **stamp(by, at),
    )  # fmt: skip


@whole
def write(letter: Letter, answers: Mapping[str, str], *, version: int | None, by: User, at: datetime) -> None:
    """What the writer answers. Refused once a copy is ready: what somebody got is not altered."""
    _check_changes(letter)
    letter.answers = {question: text for question, text in answers.items() if text.strip()}
    save_over(letter, version)
    letter.copies.update(version=F("version") + 1)  # whoever is about to make one ready is shown the new words


@whole
def choose_children(letter: Letter, others: Iterable[Person], *, version: int | None, by: User, at: datetime) -> None:
    """The brothers and sisters whom it is about too. Refused once a copy is ready. Who has a copy already is not given
    what they would not have been given had these children been in it from the start."""
    _check_changes(letter)
    chosen = {one.pk for one in others} - {letter.person_id}
    letter.also_about.exclude(person__in=chosen).delete()
    for key in sorted(chosen):
        AlsoAbout.objects.get_or_create(letter=letter, person_id=key, defaults=dict(stamp(by, at)))
    save_over(letter, version)
    letter.copies.update(version=F("version") + 1)
    for copy in Letter.objects.get(pk=letter.pk).copies.all():
        copy.left_out.filter(given=True).delete()
        _hold_back(copy, whom_of(copy), by, at)


@whole
def put_away(letter: Letter, *, because: str, by: User, at: datetime) -> None:
    """The letter is not to be sent. Refused once a copy was."""
    _check_stands(letter)
    if letter.copies.exclude(sent_on=None).exists():
        raise Refused("A copy of this letter has been sent. It stays.")
    letter.put_away_on, letter.put_away_because = timezone.localdate(at), because
    save_over(letter, None)


@whole
def add_copy(letter: Letter, whom: Whom, *, hides_address: str = "", by: User, at: datetime) -> Copy:
    """A copy for somebody, without what that person does not get unless the worker puts it back.

    `hides_address` is why the child's address is not in it; empty where it may be.
    """
    _check_stands(letter)
    made = Copy.objects.create(
        letter=letter, recipient=whom.recipient, person_id=whom.person, name=whom.name, address=whom.address.strip(),
        hides_address=bool(hides_address), why_address_hidden=hides_address, **stamp(by, at),
    )  # fmt: skip
    _hold_back(made, whom, by, at)
    return made


def _hold_back(copy: Copy, whom: Whom, by: User, at: datetime) -> None:
    """Leave out what that person does not get, but for what is left out already."""
    held = set(copy.left_out.values_list("number", flat=True))
    for number, title, reason, says_so in kept_back(copy.letter, whom, by=by, on=timezone.localdate(at)):
        if number not in held:
            leave_out(copy, [(number, title)], reason=reason, says_so=says_so, by=by, at=at)


@whole
def leave_out(
    copy: Copy, sections: Iterable[tuple[int, str]], *, reason: str, says_so: bool, by: User, at: datetime
) -> None:
    """Sections that this recipient does not get, and why."""
    _check_not_made(copy)
    for number, title in sections:
        LeftOut.objects.update_or_create(
            copy=copy, number=number,
            defaults={"title": title, "reason": reason, "says_so": says_so, "given": False, **stamp(by, at)},
        )  # fmt: skip
    save_over(copy, None)


@whole
def put_back(copy: Copy, number: int, *, by: User, at: datetime) -> None:
    """A section that the recipient does get. The history keeps that it was left out."""
    _check_not_made(copy)
    for one in left_out_of(copy.letter, copy):
        if one.number == number:
            said = {"title": one.title, "reason": one.reason, "says_so": one.says_so}
            LeftOut.objects.update_or_create(
                copy=copy, number=number, defaults={**said, "given": True, **stamp(by, at)}
            )
    save_over(copy, None)


@whole
def hide_address(copy: Copy, why: str, *, by: User, at: datetime) -> None:
    """Whether the child's address is left out of the copy, and why; it is in it where `why` is empty."""
    _check_not_made(copy)
    copy.hides_address, copy.why_address_hidden = bool(why), why
    save_over(copy, None)


@whole
def make_ready(copy: Copy, *, version: int | None, by: User, at: datetime) -> None:
    """The copy as it will be sent, kept as PDF and Word on the child's record. It is not altered any more."""
    _check_not_made(copy)
    letter = copy.letter
    for one in left_out_of(letter, copy):
        if one.pk is None:
            leave_out(copy, [(one.number, one.title)], reason=one.reason, says_so=one.says_so, by=by, at=at)
    made = compose(letter, copy, by=by, on=timezone.localdate(at), draft=False).paper
    copy.pdf = _kept(copy, "pdf", pdf(made, at), by, at)
    copy.word = _kept(copy, "docx", word(made, at), by, at)
    copy.made_at, copy.made_by = at, by.worker
    save_over(copy, version)


def _kept(copy: Copy, ending: str, content: bytes, by: User, at: datetime) -> Document:
    """The file on the child's record. One about several children is on nobody's: it is read through the letter alone,
    by who may read each of them."""
    title = f"{copy.letter.name}, to {copy.name}"
    checked = check(SimpleUploadedFile(clean_name(f"{title}.{ending}"), content))
    people = [] if copy.letter.others else [copy.letter.person_id]
    (document,) = attach([checked], people=people, title=title[:200], attached_to=copy.letter.reference, by=by, at=at)
    return document


@whole
def send(copy: Copy, *, way: str, sent_on: date, by: User, at: datetime) -> None:
    """That it went, how and when. Sent to whoever got in touch, it tells them what was decided; sent to the family, a
    letter of what an assessment found shares it."""
    _refresh(copy)
    if copy.made_at is None:
        raise Refused("Make the copy ready first: what is sent is kept as it was.")
    if copy.sent_on is not None:
        raise Refused("This copy is recorded as sent already.")
    if sent_on < timezone.localdate(copy.made_at):
        raise Refused("It cannot have been sent before it was made ready.", "sent_on")
    copy.way, copy.sent_on, copy.sent_by = way, sent_on, by.worker
    save_over(copy, None)
    _tell_referrer(copy, TELLS[Copy.Way(way)], f"The letter “{copy.letter.name}”.", sent_on, by, at)
    _share_assessment(copy, by, at)


def _tell_referrer(copy: Copy, how: str, what: str, on: date, by: User, at: datetime) -> None:
    """What a letter of what was decided is to whoever got in touch: that they were told, or that it came back."""
    if copy.letter.kind in TELLS_OF and copy.recipient == Copy.For.REFERRER:
        told_of = TELLS_OF[copy.letter.kind]._default_manager
        about = told_of.filter(person=copy.letter.person_id, reference=copy.letter.about)
        tell_referrer(
            about, kind=Told.Kind.OUTCOME, how=how, to_whom=copy.name, what=what, told_at=_on_that_day(on, at), by=by,
            at=at,
        )  # fmt: skip


def _share_assessment(copy: Copy, by: User, at: datetime) -> None:
    """A letter of what an assessment found shares it with the family, on the day that it first went to one of them.

    What a worker recorded of the sharing stays as it is.
    """
    if copy.letter.kind != assessments.OUTCOME.code or copy.recipient not in TO_THE_FAMILY or copy.sent_on is None:
        return
    about = Assessment.objects.filter(person=copy.letter.person_id, reference=copy.letter.about)
    for one in about.filter(shared_on=None).exclude(authorised_on=None):
        share(one, shared_on=copy.sent_on, shared_with=_shared_by(copy), by=by, at=at)


def _came_back(copy: Copy, by: User, at: datetime) -> None:
    """What only a letter that came back shared was not shared; another that went to the family may have done so."""
    about = Assessment.objects.filter(person=copy.letter.person_id, reference=copy.letter.about)
    for one in about.filter(shared_with=_shared_by(copy)):
        take_back_sharing(one, by=by, at=at)
        others = Copy.objects.filter(letter__about=copy.letter.about, letter__kind=copy.letter.kind, returned_on=None)
        first = others.exclude(sent_on=None).filter(recipient__in=TO_THE_FAMILY).order_by("sent_on", "pk").first()
        if first is not None:
            _share_assessment(first, by, at)


def _shared_by(copy: Copy) -> str:
    return f"{copy.name}: {copy.get_way_display().lower()}, the letter “{copy.letter.name}”."


def _on_that_day(on: date, at: datetime) -> datetime:
    """This moment where it is of that day; noon of an earlier day, whose hour nobody noted."""
    return at if timezone.localdate(at) == on else timezone.make_aware(datetime.combine(on, NOON))


@whole
def returned(copy: Copy, *, on: date, because: str, by: User, at: datetime) -> None:
    """That it came back: a letter to whoever referred then told them nothing."""
    _refresh(copy)
    if copy.sent_on is None or on < copy.sent_on:
        raise Refused("It cannot have come back before it was sent.", "on")
    copy.returned_on, copy.returned_because = on, because
    save_over(copy, None)
    came_back = f"The letter “{copy.letter.name}” came back{f': {because}' if because else ''}."
    _tell_referrer(copy, Told.How.NOT_TOLD, came_back, on, by, at)
    _came_back(copy, by, at)


def _check_stands(letter: Letter) -> None:
    held = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if held.put_away_on is not None:
        raise Refused("This letter has been put away. Begin another.")


def _check_changes(letter: Letter) -> None:
    _check_stands(letter)
    if letter.copies.exclude(made_at=None).exists():
        raise Refused("A copy of this letter is ready or sent, so it cannot be changed. Begin another letter.")


def _check_not_made(copy: Copy) -> None:
    _check_stands(copy.letter)
    if Copy.objects.exclude(made_at=None).filter(pk=copy.pk).exists():
        raise Refused("This copy is ready and cannot be changed. Add another copy for this recipient.")


def _refresh(copy: Copy) -> None:
    """The copy as it is now, held until the end."""
    held = Copy.objects.select_for_update(of=("self",)).get(pk=copy.pk)
    copy.made_at, copy.sent_on, copy.version = held.made_at, held.sent_on, held.version
