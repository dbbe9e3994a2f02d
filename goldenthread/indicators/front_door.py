"""The front door: contacts, referrals, re-referrals, and how soon a decision is made."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.clocks import clocks
from goldenthread.indicators.limits import limit
from goldenthread.indicators.model import Basis, Indicator, Unit
from goldenthread.indicators.ordering import in_order
from goldenthread.indicators.rows import Parts, flow, pick, true
from goldenthread.indicators.shared import shared
from goldenthread.indicators.sources import BOARD, CIN_STATISTICS, JOURNEY
from goldenthread.indicators.timelines import with_limit
from goldenthread.indicators.timely import answered

NEED_NOT_ASSESSED = ("RC8", "RC9")
DECISION = "contact_decision_24h_york"

_RECEIVED = (
    ("received", "A referral was received on this day."),
    ("case_open", "Left out: an earlier referral of the child was still open on this day."),
)


@shared
def referrals(dataset: Dataset) -> Lazy:
    """Every referral, with the child's previous one and whether a case was certainly open when it came.

    A referral without a closing date is not taken to be open: several sources hold no closing dates.
    """
    order = ["received_on", "referral_id"]
    made = in_order(
        dataset.lazy("referrals"),
        ("child_id",),
        order,
        before={"previous_on": "received_on"},
        latest_so_far={"closed_so_far": "closed_on"},
    )
    made = in_order(made, ("child_id",), order, before={"closed_before": "closed_so_far"})
    return made.with_columns(true(nw.col("closed_before") > nw.col("received_on")).alias("case_open"))


def _received(dataset: Dataset) -> Parts:
    counted = ~nw.col("case_open")
    return flow(
        referrals(dataset),
        "referrals",
        "referral_id",
        "received_on",
        denominator=counted,
        reason=pick((counted, "received"), otherwise="case_open"),
    )


def _rereferred(dataset: Dataset) -> Parts:
    window = limit("rereferral_window_12m")
    frame = with_limit(referrals(dataset), "previous_on", window, "window_ends")
    counted = ~nw.col("case_open")
    previous, received = nw.col("previous_on"), nw.col("received_on")
    again = (previous < received) & (received <= nw.col("window_ends"))
    return flow(
        frame,
        "referrals",
        "referral_id",
        "received_on",
        denominator=counted,
        numerator=counted & true(again),
        reason=pick(
            (~counted, "case_open"),
            (again, "again"),
            (previous.is_null(), "first"),
            (previous == received, "same_day"),
            otherwise="long_ago",
        ),
    )


def _no_further_action(dataset: Dataset) -> Parts:
    closed = true(nw.col("no_further_action"))
    return _of_referrals(dataset, closed, "no_further_action", "went_on")


def _not_in_need(dataset: Dataset) -> Parts:
    closed = ~true(nw.col("no_further_action")) & true(nw.col("closure_reason").is_in(list(NEED_NOT_ASSESSED)))
    return _of_referrals(dataset, closed, "not_in_need", "went_on")


def _of_referrals(dataset: Dataset, met: nw.Expr, code: str, otherwise: str) -> Parts:
    counted = ~nw.col("case_open")
    return flow(
        referrals(dataset),
        "referrals",
        "referral_id",
        "received_on",
        denominator=counted,
        numerator=counted & met,
        reason=pick((~counted, "case_open"), (met, code), otherwise=otherwise),
    )


def _converted(dataset: Dataset) -> Parts:
    became = true(nw.col("outcome") == "referral") | ~nw.col("referral_id").is_null()
    return flow(
        dataset.lazy("contacts"),
        "contacts",
        "contact_id",
        "received_on",
        numerator=became,
        reason=pick((became, "became_referral"), (nw.col("outcome").is_null(), "no_outcome"), otherwise="no_referral"),
    )


def _decided(dataset: Dataset) -> Parts:
    return answered(clocks(dataset, DECISION), "contacts")


REFERRALS = Indicator(
    id="MI Pack 1",
    row="",
    section="Referrals",
    title="Referrals per 10,000 children",
    question="How many referrals does children's social care receive, for the size of the child population?",
    numerator="Referrals received in the period, repeat referrals and those that led to no further action among them",
    denominator="Children aged 0 to 17, mid-year estimate of the year before the financial year's end",
    exclusions="Referrals received while an earlier referral of the same child was still open",
    unit=Unit.RATE_PER_10000,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source=f"{BOARD}, MI Pack 1; {CIN_STATISTICS}",
    national_definition="REF_RATE (year to 31 March, one decimal place)",
    published="REF_RATE",
    missing="A referral without a closing date is not taken to be open. A year to date is never scaled up to a year.",
    needs=("referrals",),
    flow=_received,
    denominator_population=True,
    reasons=_RECEIVED,
)

REREFERRALS = Indicator(
    id="CSB05",
    row="",
    section="Referrals",
    title="Referrals within 12 months of an earlier one",
    question="How often does a child come back within a year?",
    numerator="Referrals received within 12 months of the same child's previous referral, "
    "the corresponding day included",
    denominator="Referrals received in the period",
    exclusions="Referrals received while an earlier referral of the same child was still open",
    unit=Unit.PERCENT,
    basis=Basis.ROLLING_12_MONTHS,
    places=2,
    source=f"{BOARD}, CSB05; {CIN_STATISTICS}",
    national_definition="REREF_12M (year to 31 March, one decimal place; counts referrals, not children)",
    published="REREF_12M",
    missing="Needs twelve months of referrals before the period; a referral before the dataset begins is not seen.",
    needs=("referrals",),
    flow=_rereferred,
    rules=("rereferral_window_12m",),
    reasons=(
        ("again", "The child's previous referral was no more than 12 months earlier."),
        ("first", "The dataset holds no earlier referral of the child."),
        ("same_day", "The only earlier referral in reach was received the same day, so it is not a return."),
        ("long_ago", "The child's previous referral was more than 12 months earlier."),
        _RECEIVED[1],
    ),
)

CONVERSION = Indicator(
    id="CSC02",
    row="",
    section="Referrals",
    title="Contacts that became referrals",
    question="What share of contacts meets the threshold for children's social care?",
    numerator="Contacts linked to a referral, or whose recorded outcome is a referral",
    denominator="Contacts received in the period",
    exclusions="None",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source=f"{BOARD}, CSC02; the link is the recorded one, not the matching by date that surveys use (ADCS, CSCDP)",
    national_definition="None: surveys and partner analyses each link contacts to referrals in their own way",
    published="CONTACT_CONV",
    missing="A contact with no outcome and no referral has not become one.",
    needs=("contacts",),
    flow=_converted,
    reasons=(
        ("became_referral", "The contact became a referral."),
        ("no_referral", "The contact had another outcome."),
        ("no_outcome", "No outcome is recorded and no referral is linked."),
    ),
)

DECISION_24H = Indicator(
    id="REF_DECISION_24H",
    row="",
    section="Referrals",
    title="Decision within 24 hours",
    question="Does a manager decide within 24 hours what a contact needs?",
    numerator="Contacts decided within the hours allowed after they were received",
    denominator="Contacts received in the period since the standard came in",
    exclusions="Contacts still within their hours; those of a child who died or moved away before a decision was due",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source=f"{JOURNEY} (Front Door) and paragraph 47; clock from the contact, York procedures 1.3.1",
    national_definition="None: national guidance asks for one working day from the referral (referral_decision_1wd)",
    missing="Not decided is not in time. Where a time of day is not recorded, the whole day is allowed.",
    needs=("contacts", "contacts.decided_on"),
    flow=_decided,
    rules=(DECISION,),
    reasons=(
        ("in_time", "The decision came within the hours allowed."),
        ("late", "The decision came after the hours allowed."),
        ("not_done", "No decision is recorded."),
        ("not_yet_due", "Left out: no decision is recorded, and there is time yet."),
        ("ended_first", "Left out: the child died or moved away before a decision was due."),
    ),
)

NO_FURTHER_ACTION = replace(
    REREFERRALS,
    id="REF_NFA",
    title="Referrals that led to no further action",
    question="How many referrals are closed at once?",
    numerator="Referrals flagged as closed with no further action",
    basis=Basis.YEAR_TO_DATE,
    places=1,
    source=CIN_STATISTICS,
    national_definition="REF_NFA",
    published="",
    missing="No flag is not a closure.",
    needs=("referrals", "referrals.no_further_action"),
    flow=_no_further_action,
    rules=(),
    reasons=(
        ("no_further_action", "Closed with no further action."),
        ("went_on", "Not flagged as closed with no further action."),
        _RECEIVED[1],
    ),
)

NOT_IN_NEED = replace(
    NO_FURTHER_ACTION,
    id="REF_NOT_IN_NEED",
    title="Referrals assessed and found not to be in need",
    question="How many referrals are assessed and then closed without a service?",
    numerator="Referrals closed after assessment with no service (closure reasons RC8 and RC9)",
    national_definition="REF_NOT_IN_NEED",
    missing="A referral with no closure reason has not been found out of need. It counts on the day it was received.",
    needs=("referrals", "referrals.closure_reason"),
    flow=_not_in_need,
    reasons=(
        ("not_in_need", "Closed after assessment with no service."),
        ("went_on", "Not closed for that reason."),
        _RECEIVED[1],
    ),
)

INDICATORS = (REFERRALS, REREFERRALS, CONVERSION, DECISION_24H, NO_FURTHER_ACTION, NOT_IN_NEED)
