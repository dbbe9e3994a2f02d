"""How old somebody has to be to read with ease what families and children are given: the story, the letters, the plan.

The words that workers add are theirs: while they write, the plan's prompts tell them the same measure.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casework.planning import handed
from casework.planning.models import PlanVersion
from casework.planning.reading_age import reading_age, words_in
from casework.planning.saying import sayings
from casework.story.story import LATER, sentences

FOR_A_CHILD = 9
"""What GOV.UK writes for. Many children read their record young, or read less easily than others of their age."""
ONE_SENTENCE = 14
"""A few long words make a short sentence look hard, so one alone is held to less: nobody of 14 is to stumble on it."""
FOR_PARENTS: int = sayings().reading["target_age"]
"""What the prompts beside a plan ask of whoever writes it; what we word ourselves is held to it too."""
CASEWORK = Path(handed.__file__).parents[1]
LETTERS = [one for one in (CASEWORK / "letters/shipped").glob("*.txt") if words_in(one.read_text("utf-8")) >= 12]


def without_fields(text: str) -> str:
    """The words that are ours: a field is read as a name, markup and comments are not read."""
    return re.sub(r"<[^>]+>", "\n", re.sub(r"{{.*?}}|{[a-z_.]+}", "Ann", re.sub(r"{%.*?%}", "\n", text)))


def test_the_story_can_be_read_by_a_child() -> None:
    said = [one.replace("{worker}", " Their name is Ada Able.") for one in (*sentences().values(), *LATER.values())]
    assert reading_age("\n".join(said)) <= FOR_A_CHILD
    assert [one for one in said if one and reading_age(one) > ONE_SENTENCE] == []


@pytest.mark.parametrize("letter", LETTERS, ids=lambda one: one.stem)
def test_a_letter_as_it_is_shipped_can_be_read_by_parents(letter: Path) -> None:
    assert reading_age(without_fields(letter.read_text("utf-8"))) <= FOR_PARENTS


def test_what_is_ours_on_the_page_for_parents_can_be_read_by_them() -> None:
    page = without_fields((CASEWORK / "templates/planning/for_parents.html").read_text("utf-8"))
    ours = "\n".join((page, handed.visits(PlanVersion(seen_every_weeks=2))))
    assert words_in(ours) > 50 and reading_age(ours) <= FOR_PARENTS
