"""Word a template, or go back to how it was shipped. Letters that were begun keep the words they began with."""

from __future__ import annotations

from datetime import datetime

from casework.accounts.models import User
from casework.accounts.stamps import stamp
from casework.common.models import new_reference
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.letters.kinds import KINDS, fields_of
from casework.letters.models import Wording
from casework.letters.paper.markup import faults
from casework.letters.wordings import LETTERHEAD, Template, shipped


def check_text(kind: str, text: str) -> list[str]:
    """What is wrong with a template's text, a sentence each."""
    if kind == LETTERHEAD:
        return [] if text.strip() else ["Write at least the name."]
    known = fields_of(KINDS[kind])
    return faults(text, [one.name for one in known], [one.name for one in known if one.part])


@whole
def word_template(template: Template, *, name: str, text: str, by: User, at: datetime) -> Wording:
    """A new version of the template. Refused for text with mistakes, or that somebody else has changed meanwhile."""
    wrong = check_text(template.kind, text)
    if wrong:
        raise Refused(" ".join(wrong), "text")
    return _next(template, name, text, by, at)


@whole
def new_template(kind: str, *, name: str, text: str, by: User, at: datetime) -> Wording:
    """A template of the authority's own."""
    return word_template(Template(new_reference(), kind, name, text), name=name, text=text, by=by, at=at)


@whole
def back_to_shipped(template: Template, *, by: User, at: datetime) -> None:
    """The template as it came with the record."""
    if template.code not in shipped():
        raise Refused("This template is your own: it did not come with the record.")
    _next(template, template.name, "", by, at)


def _next(template: Template, name: str, text: str, by: User, at: datetime) -> Wording:
    latest = Wording.objects.select_for_update().filter(code=template.code).order_by("-number").first()
    if (latest.number if latest else 0) != template.number:
        raise Refused("Somebody else has worded this meanwhile. Open it again in another tab to see how.")
    return Wording.objects.create(
        code=template.code, number=template.number + 1, kind=template.kind, name=name, text=text, **stamp(by, at)
    )
