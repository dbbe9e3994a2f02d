"""The child's voice: whose own words were written down lately, and of which it is said what changed."""

from __future__ import annotations

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.care import care_periods, share
from goldenthread.indicators.limits import limit_number
from goldenthread.indicators.model import Basis, Indicator, Unit
from goldenthread.indicators.rows import Parts, flow, things
from goldenthread.indicators.timelines import aged, at_least, lasting_months, latest, within

SECTION = "The child's voice"
LONGEST_UNSEEN = "lac_visit_until_18_3m"
"""The longest that the law lets any of these children go without a visit, and so the longest to go unheard."""
LAST_YEAR_OF_AGE = 17
_PIECE = ("child_id", "begins", "ends")


def _served(dataset: Dataset) -> Lazy:
    """Children on a plan or looked after as things, each once on any day; from birth to the eighteenth birthday."""
    open_for = [
        things(dataset.lazy("cin_plans"), "cin_plans", "cin_plan_id", "started_on", "ended_on"),
        things(dataset.lazy("cp_plans"), "cp_plans", "cp_plan_id", "started_on", "ended_on"),
        things(care_periods(dataset), "care_periods", "care_period_id", "started_on", "ended_on"),
    ]
    ever = at_least(1, nw.concat([one.select(*_PIECE) for one in open_for], how="vertical"))
    born = aged(dataset, 0, LAST_YEAR_OF_AGE, everyone=True)
    return things(within(ever, born).with_columns(nw.col("child_id").alias("person")), "people", "person", "begins",
                  "ends")  # fmt: skip


def _heard(dataset: Dataset) -> Parts:
    said = dataset.lazy("words").select("child_id", "said_on")
    lasting = latest(lasting_months(said, "said_on", limit_number(LONGEST_UNSEEN)).select(*_PIECE))
    return share(_served(dataset), lasting, met="heard", otherwise="not_heard")


def _answered(dataset: Dataset) -> Parts:
    answered = ~nw.col("answered_on").is_null()
    reason = nw.when(answered).then(nw.lit("answered")).otherwise(nw.lit("not_answered"))
    return flow(dataset.lazy("words"), "words", "words_id", "said_on", numerator=answered, reason=reason)


HEARD = Indicator(
    id="VOICE_HEARD",
    row="",
    section=SECTION,
    title="Children whose own words were written down in the last three months",
    question="Do we know what each child we work with says?",
    numerator="Those whose own words, or what they showed, were written down in the three months to the day",
    denominator="Children with a child in need plan or a child protection plan open, or looked after, each once",
    exclusions="Unborn children; short-term breaks; from the eighteenth birthday",
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=1,
    source="Ours: no published measure was found. The window is the longest time the law lets a looked after child go "
    f"without a visit ({LONGEST_UNSEEN})",
    national_definition=None,
    missing="No words recorded is not heard. A child with no date of birth is left out.",
    needs=("words", "cin_plans|cp_plans|care_periods"),
    spans=_heard,
    reasons=(
        ("heard", "The child's own words were written down in the three months to this day."),
        ("not_heard", "No words of the child were written down in the three months to this day."),
    ),
)

ANSWERED = Indicator(
    id="VOICE_ANSWERED",
    row="",
    section=SECTION,
    title="Children's words with what changed because of them",
    question="Does what children say change anything, and do we say so?",
    numerator="Those of which it is written down what changed because of them, or why nothing could",
    denominator="Times that a child's own words were written down, by the day they were said",
    exclusions="None",
    unit=Unit.PERCENT,
    basis=Basis.ROLLING_12_MONTHS,
    places=1,
    source="Ours: no published measure was found",
    national_definition=None,
    missing="Nothing written down is not answered, however short a time has passed.",
    needs=("words", "words.answered_on"),
    flow=_answered,
    reasons=(
        ("answered", "It is written down what changed because of these words, or why nothing could."),
        ("not_answered", "Nothing is written down yet of what changed because of these words."),
    ),
)

INDICATORS = (HEARD, ANSWERED)
