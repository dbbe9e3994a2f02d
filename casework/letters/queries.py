"""Letters of a person's record. The caller has opened the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from casework.accounts.models import User
from casework.chronology.queries import beside
from casework.letters.kinds import KINDS, Whom
from casework.letters.kinds.common import address_of
from casework.letters.models import AlsoAbout, Copy, Letter
from casework.letters.paper.markup import sections_with
from casework.letters.wordings import LETTERHEAD, Template, templates
from casework.people.family import PARENTS, Relative, family_of, home_of, plain
from casework.people.models import Person
from casework.people.reading import readable

APART = "Not known to live where the child lives."


def letters_of(person: Person, user: User) -> QuerySet[Letter]:
    """The letters on that record with their copies, the latest first. One that is about a child, too, whom the account
    may not read is not among them."""
    copies = Copy.objects.select_related("pdf", "word", "made_by", "sent_by").prefetch_related("left_out")
    hidden = AlsoAbout.objects.filter(letter__person=person).exclude(person__in=readable(user))
    found = Letter.objects.filter(person=person).exclude(pk__in=hidden.values("letter")).select_related("recorded_by")
    return found.prefetch_related(Prefetch("copies", copies), "also_about__person").order_by("-begun_on", "-pk")


def letters_about(person: Person, about: str, user: User) -> list[Letter]:
    """The letters on that record that tell of that row and were not put away, with their copies."""
    return list(letters_of(person, user).filter(about=about, put_away_on=None))


def kinds_of(letters: Iterable[Letter]) -> list[tuple[str, str, int]]:
    """The kinds that are among the letters, in the order of the work: code, title and how many."""
    many = Counter(one.kind for one in letters)
    return [(code, kind.title, many[code]) for code, kind in KINDS.items() if many[code]]


def letter_of(person: Person, reference: str, user: User) -> Letter | None:
    """The letter of that reference on that record, with its copies."""
    found = letters_of(person, user).filter(reference=reference).first()
    if found is not None:
        found.person = person
    return found


@dataclass(frozen=True)
class CanBegin:
    """A letter that can be begun: from which template, about which row."""

    template: Template
    about: str = ""
    told_of: str = ""

    @property
    def words(self) -> str:
        """The letter and what it tells of."""
        return f"{self.template.name}. {self.told_of}" if self.told_of else self.template.name

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.template.code}:{self.about}"


def can_begin(person: Person, user: User, about: str = "") -> list[CanBegin]:
    """Every letter that can be begun about the child now, in the order of the work: a kind that tells of a row, of the
    first of its rows. With `about`, those that tell of that row; every letter where none does."""
    found = []
    asked = {code: kind.sources(person, user) for code, kind in KINDS.items() if kind.sources}
    for one in sorted(templates().values(), key=_place):
        if one.code == LETTERHEAD:
            continue
        if KINDS[one.kind].sources is None:
            found.append(CanBegin(one))
        rows = [row for place, row in enumerate(asked.get(one.kind, ())) if not place or row.reference == about]
        found += [CanBegin(one, row.reference, row.words) for row in rows]
    return [one for one in found if about and one.about == about] or found


def _place(one: Template) -> tuple[int, str]:
    return [*KINDS, LETTERHEAD].index(one.kind), one.name


def who_may_get(letter: Letter, user: User, on: date) -> list[Whom]:
    """Those whom the record names: of the kind, of the family, and the child. Nobody twice."""
    kind = KINDS[letter.kind]
    found = kind.whom(letter.person, letter.about, user) if kind.whom else []
    family = family_of(letter.person, user).relatives
    adults = [one for one in family if one.stored_here and not one.ended(on) and _may_be_written_to(one)]
    prefetch_related_objects([one.person for one in adults], "addresses")
    for one in adults:
        address = address_of(one.person, on) if one.may_open else ""
        found.append(Whom("parent", one.person.full_name, address, one.person.pk))
    child = letter.person
    found.append(Whom("child", child.known_as or child.full_name, address_of(child, on), child.pk))
    return _once(found)


def who_may_be_beside(letter: Letter, user: User) -> list[Person]:
    """The brothers and sisters whom the letter can be about too: those whose records the account may open."""
    return beside(letter.person, user) if can_be_of_several(letter) else []


def can_be_of_several(letter: Letter) -> bool:
    """Whether it is of a kind that can be about brothers and sisters too, and its template has a place for them."""
    field = KINDS[letter.kind].several
    return bool(field and sections_with(letter.text, [field]))


def _may_be_written_to(one: Relative) -> bool:
    return one.code in PARENTS or bool(one.parental_responsibility)


def _once(found: Iterable[Whom]) -> list[Whom]:
    """By name: of two, the one whose record is known."""
    kept: dict[str, Whom] = {}
    for one in found:
        before = kept.get(one.name)
        kept[one.name] = one if before is None or (before.person is None and one.person) else before
    return list(kept.values())


def lives_apart(whom: Whom, child: Person, on: date) -> bool:
    """Whether somebody of the family is not known to live where the child does: they may not know where that is."""
    if whom.recipient != "parent":
        return False
    theirs, childs = None, home_of(child, on)
    if whom.person is not None:
        theirs = home_of(Person.objects.prefetch_related("addresses").get(pk=whom.person), on)
    if theirs is None or childs is None:
        return True
    return (theirs.postcode, plain(theirs.lines)) != (childs.postcode, plain(childs.lines))
