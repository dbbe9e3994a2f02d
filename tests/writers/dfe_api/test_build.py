"""What a payload holds of a child, fact by fact, as at 30 June 2026: the window is 1 April 2024 to 1 July 2026."""

import json
from datetime import date

import polars as pl
import pytest

from goldenthread.dataset.engines import POLARS
from goldenthread.dataset.store import Manifest, dataset_of
from goldenthread.dataset.tables import TABLES
from goldenthread.writers.dfe_api import Payloads, build
from goldenthread.writers.dfe_api import shape as shapes
from goldenthread.writers.dfe_api.build import Payload
from goldenthread.writers.dfe_api.places import objects
from goldenthread.writers.dfe_api.window import window_at
from tests.indicators.drawn import dataset, table
from tests.writers.dfe_api.whole import WHOLE, whole_record

AS_AT = date(2026, 6, 30)
CHILD = """person_id  born_on     forename  surname
           P1         2015-02-03  Juniper   Fernsby"""
REFERRAL = """referral_id  child_id  received_on  closed_on
              R1           P1        2025-01-06   -"""


def built(**tables: str) -> Payloads:
    return build(dataset(POLARS, **{"people": CHILD, "referrals": REFERRAL} | tables), AS_AT)


def children(found: Payloads) -> list[str]:
    return found.frame["child_id"].to_list()


def details(found: Payloads, child: str = "P1") -> Payload:
    held = found.payload(child)["child_details"]
    assert isinstance(held, dict)
    return held


def episode(found: Payloads, number: int = 0) -> Payload:
    return objects(found.payload("P1")["social_care_episodes"])[number]


def only(found: Payloads, name: str) -> Payload:
    """The one object of a list of the one episode."""
    (held,) = objects(episode(found)[name])
    return held


@pytest.mark.parametrize(
    ("as_at", "first", "last"),
    [
        (date(2026, 6, 30), date(2024, 4, 1), date(2026, 7, 1)),
        (date(2026, 3, 31), date(2023, 4, 1), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2024, 4, 1), date(2026, 4, 2)),
        (date(2024, 2, 29), date(2021, 4, 1), date(2024, 3, 1)),
    ],
)
def test_window_runs_from_the_financial_year_of_two_years_ago_to_tomorrow(as_at: date, first: date, last: date) -> None:
    found = window_at(as_at)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("born_on", "expected_on", "sent"),
    [
        ("1998-04-01", "-", False),
        ("1998-04-02", "-", True),
        ("2026-07-01", "-", True),
        ("2026-07-02", "-", False),
        ("-", "2026-06-15", True),
        ("-", "2026-07-02", False),
        ("-", "2024-03-31", False),
        ("2026-05-01", "2024-03-31", True),
    ],
)
def test_those_of_25_or_under_in_the_window_are_sent(born_on: str, expected_on: str, sent: bool) -> None:
    found = built(people=f"person_id born_on expected_on\nP1 {born_on} {expected_on}")
    assert children(found) == (["P1"] if sent else [])


def test_a_child_who_has_died_is_kept() -> None:
    assert children(built(people="person_id born_on died_on\nP1 2015-02-03 2025-03-01")) == ["P1"]


def test_a_child_without_a_date_of_birth_is_kept_back_with_the_reason() -> None:
    found = built(people="person_id born_on expected_on\nP1 - -")
    assert children(found) == []
    assert found.kept_back["child_id"].to_list() == ["P1"]
    assert "date of birth" in found.kept_back["reason"].item()


@pytest.mark.parametrize(
    ("received_on", "closed_on", "sent"),
    [
        ("2020-01-01", "2024-03-31", False),
        ("2020-01-01", "2024-04-01", True),
        ("2020-01-01", "-", True),
        ("2026-07-01", "-", True),
        ("2026-07-02", "-", False),
    ],
)
def test_an_episode_that_overlaps_the_window_is_sent(received_on: str, closed_on: str, sent: bool) -> None:
    found = built(referrals=f"referral_id child_id received_on closed_on\nR1 P1 {received_on} {closed_on}")
    assert children(found) == (["P1"] if sent else [])


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("cin_plans", "child_id started_on ended_on\nP1 2023-01-01 2024-04-01"),
        ("care_periods", "child_id started_on ended_on\nP1 2023-01-01 -"),
        ("care_episodes", "child_id started_on ended_on\nP1 2023-01-01 -"),
        ("placements", "child_id started_on ended_on\nP1 2023-01-01 2024-04-01"),
    ],
)
def test_a_child_with_a_plan_or_in_care_is_sent_without_a_referral(name: str, rows: str) -> None:
    found = build(dataset(POLARS, people=CHILD, **{name: rows}), AS_AT)
    assert found.payload("P1")["social_care_episodes"] == []


def test_a_child_protection_plan_alone_brings_nobody_into_the_cohort() -> None:
    found = build(dataset(people=CHILD, cp_plans="child_id started_on\nP1 2025-01-01"), AS_AT)
    assert children(found) == []


def test_an_episode_closed_before_the_window_is_sent_with_the_placement_that_outlives_it() -> None:
    found = built(
        referrals="referral_id child_id received_on closed_on\nR1 P1 2020-01-01 2021-01-01",
        care_periods="care_period_id child_id referral_id started_on\nL1 P1 R1 2020-06-01",
        placements="placement_id child_id care_period_id started_on\nPL1 P1 L1 2020-06-01",
    )
    assert only(found, "child_looked_after_placements")["child_looked_after_placement_id"] == "PL1"


def test_a_date_after_tomorrow_has_not_happened_and_neither_has_its_reason() -> None:
    found = built(
        referrals="referral_id child_id received_on closed_on closure_reason\nR1 P1 2025-01-06 2026-07-02 RC7",
        cin_plans="cin_plan_id child_id referral_id started_on ended_on\nN1 P1 R1 2025-02-01 2026-07-02",
    )
    assert (episode(found)["closure_date"], episode(found)["closure_reason"]) == (None, None)
    assert only(found, "child_in_need_plans")["end_date"] is None


def test_a_plan_that_ended_before_the_window_is_left_out_of_an_open_episode() -> None:
    found = built(
        referrals="referral_id child_id received_on\nR1 P1 2020-01-06",
        cp_plans="cp_plan_id child_id referral_id started_on ended_on\nK1 P1 R1 2020-02-01 2024-03-31",
    )
    assert episode(found)["child_protection_plans"] == []


def test_a_row_without_a_link_belongs_to_the_referral_open_when_it_began() -> None:
    found = built(
        referrals="""referral_id  child_id  received_on  closed_on
                     R1           P1        2024-05-01   2024-09-01
                     R2           P1        2025-01-06   -""",
        cin_plans="cin_plan_id child_id started_on\nN1 P1 2025-02-01",
    )
    assert episode(found, 0)["child_in_need_plans"] == []
    assert len(objects(episode(found, 1)["child_in_need_plans"])) == 1


def test_a_row_that_belongs_to_no_referral_is_told_of() -> None:
    found = built(
        referrals="referral_id child_id received_on closed_on\nR1 P1 2024-05-01 2024-09-01",
        cp_plans="cp_plan_id child_id started_on\nK1 P1 2025-02-01",
        assessments="assessment_id child_id referral_id started_on\nS1 P1 R9 2024-06-01",
    )
    assert found.faults.select("table", "record_id").rows() == [("assessments", "S1"), ("cp_plans", "K1")]


def test_details_hold_the_home_address_of_the_day() -> None:
    found = built(
        addresses="""person_id  kind       postcode  started_on  ended_on
                     P1         home       ZZ11AA    2015-02-03  2025-12-31
                     P1         home       ZZ22BB    2026-01-01  -
                     P1         placement  ZZ33CC    2026-02-01  -
                     P1         home       ZZ44DD    2026-07-01  -"""
    )
    assert details(found)["postcode"] == "ZZ22BB"


def test_no_disability_is_said_only_where_it_is_recorded() -> None:
    found = built(
        people="person_id born_on disabled\nP1 2015-02-03 no\nP2 2015-02-03 -\nP3 2015-02-03 yes",
        referrals="referral_id child_id received_on\nR1 P1 2025-01-06\nR2 P2 2025-01-06\nR3 P3 2025-01-06",
        disabilities="child_id disability\nP3 MOB\nP3 AUT",
    )
    assert [details(found, child)["disabilities"] for child in ("P1", "P2", "P3")] == [["NONE"], None, ["AUT", "MOB"]]


def test_an_earlier_pupil_number_is_found_among_the_identifiers_and_a_wrong_one_is_left_out() -> None:
    found = built(
        people="person_id born_on upn\nP1 2015-02-03 X1234",
        identifiers="""person_id  kind        value          valid_from
                       P1         former_upn  Z000000000001  2020-09-01
                       P1         former_upn  Z000000000002  2022-09-01""",
    )
    assert details(found)["former_unique_pupil_number"] == "Z000000000002"
    assert details(found)["unique_pupil_number"] is None
    assert found.faults.select("table", "record_id").rows() == [("people", "P1")]


def test_questionnaires_in_the_window_are_sent_and_without_any_the_object_is_left_out() -> None:
    found = built(
        sdqs="""child_id  completed_on  score
                P1        2024-03-31    12
                P1        2025-05-01    -
                P1        2026-05-01    17
                P1        2025-04-01    0"""
    )
    held = found.payload("P1")["health_and_wellbeing"]
    assert isinstance(held, dict)
    assert held["sdq_assessments"] == [{"date": "2025-04-01", "score": 0}, {"date": "2026-05-01", "score": 17}]
    assert "health_and_wellbeing" not in built().payload("P1")


def test_a_placement_has_the_reasons_of_its_own_first_and_last_episode() -> None:
    found = built(
        care_periods="care_period_id child_id referral_id started_on\nL1 P1 R1 2025-02-01",
        care_episodes="""child_id  care_period_id  started_on  start_reason  ended_on    end_reason
                         P1        L1              2025-02-01  S             2025-03-01  X1
                         P1        L1              2025-03-01  L             2025-09-01  X1
                         P1        L1              2025-09-01  P             2026-01-05  E4A""",
        placements="""placement_id  child_id  care_period_id  started_on  ended_on    placement_type  change_reason
                      PL1           P1        L1              2025-02-01  2025-09-01  U6              CHILD
                      PL2           P1        L1              2025-09-01  2026-01-05  U4              -""",
    )
    placements = objects(episode(found)["child_looked_after_placements"])
    assert [(each["start_reason"], each["end_reason"], each["change_reason"]) for each in placements] == [
        ("S", "X1", "CHILD"),
        ("P", "E4A", None),
    ]


def test_an_enquiry_has_its_latest_initial_conference_and_whether_one_was_required() -> None:
    found = built(
        section_47_enquiries="""section_47_id  child_id  referral_id  started_on  outcome     conference_not_required
                                Q1             P1        R1           2025-02-01  conference  -
                                Q2             P1        R1           2025-03-01  -           yes
                                Q3             P1        R1           2025-04-01  -           -""",
        conferences="""child_id  section_47_id  kind     held_on
                       P1        Q1             initial  2025-02-15
                       P1        Q1             review   2025-05-10""",
    )
    enquiries = objects(episode(found)["section_47_assessments"])
    assert [(each["icpc_required_flag"], each["icpc_date"]) for each in enquiries] == [
        (True, "2025-02-15"),
        (False, None),
        (None, None),
    ]


def test_adoption_is_under_the_episode_of_its_period_of_care_and_no_other() -> None:
    found = built(
        referrals="""referral_id  child_id  received_on  closed_on
                     R1           P1        2024-05-01   -
                     R2           P1        2025-01-06   -""",
        care_periods="care_period_id child_id referral_id started_on\nL1 P1 R1 2024-06-01",
        adoptions="""adoption_id  child_id  care_period_id  decided_on  matched_on  placed_on
                     AD1          P1        L1              2024-08-01  -           -
                     AD2          P1        L1              2025-08-01  2025-12-01  -""",
    )
    assert episode(found, 0)["adoption"] == {
        "initial_decision_date": "2025-08-01",
        "matched_date": "2025-12-01",
        "placed_date": None,
        "purge": False,
    }
    assert "adoption" not in episode(found, 1)


LEAVER = {
    "people": "person_id born_on\nP1 2006-02-03",
    "care_leaver_contacts": "child_id contacted_on\nP1 2025-02-01\nP1 2025-11-01",
    "care_leaver_accommodation": "child_id accommodation started_on\nP1 K 2024-02-03\nP1 Z 2025-02-03",
}


def test_a_care_leaver_is_under_the_episode_open_at_the_latest_contact() -> None:
    found = built(
        referrals="""referral_id  child_id  received_on  closed_on
                     R1           P1        2024-05-01   -
                     R2           P1        2025-01-06   2025-12-01""",
        care_leaver_activity="child_id activity started_on\nP1 F2 2024-09-01\nP1 G5 2025-09-01",
        **LEAVER,
    )
    assert episode(found, 1)["care_leavers"] == {
        "contact_date": "2025-11-01",
        "activity": "G5",
        "accommodation": "Z",
        "purge": False,
    }
    assert "care_leavers" not in episode(found, 0)


def test_a_care_leaver_whose_episode_has_closed_is_under_the_latest_begun() -> None:
    found = built(referrals="referral_id child_id received_on closed_on\nR1 P1 2024-05-01 2024-09-01", **LEAVER)
    assert "care_leavers" in episode(found)


def test_an_activity_code_that_the_flow_does_not_have_is_left_empty_and_told_of() -> None:
    found = built(care_leaver_activity="child_id activity started_on\nP1 F3 2024-09-01", **LEAVER)
    held = episode(found)["care_leavers"]
    assert isinstance(held, dict)
    assert held["activity"] is None
    assert found.faults.select("table", "record_id").rows() == [("care_leaver_activity", "F3")]


def test_workers_are_those_registered_who_held_a_planned_case_on_a_31_march() -> None:
    workers = """worker_id  registration
                 W1         SW1
                 W2         SW2
                 W3         -
                 W4         SW-2345678901"""
    allocations = """child_id  worker_id  started_on  ended_on
                     P1        W1         2025-01-06  2025-03-31
                     P1        W2         2025-04-01  2026-03-30
                     P1        W3         2025-01-06  -
                     P1        W4         2025-01-06  -"""
    plan = "cin_plan_id child_id referral_id started_on\nN1 P1 R1 2025-02-01"
    found = built(workers=workers, allocations=allocations, cin_plans=plan)
    assert episode(found)["care_worker_details"] == [
        {"worker_id": "SW1", "start_date": "2025-01-06", "end_date": "2025-03-31"}
    ]
    assert found.faults["record_id"].to_list() == ["W4"]
    assert episode(built(workers=workers, allocations=allocations))["care_worker_details"] == []


@pytest.mark.parametrize("identifier", ["R/1", "R0x1", "R0X1", "R" * 37, "R.1"])
def test_an_identifier_that_the_service_turns_away_has_a_stand_in(identifier: str) -> None:
    found = built(
        referrals=f"referral_id child_id received_on\n{identifier} P1 2025-01-06",
        cin_plans=f"cin_plan_id child_id referral_id started_on\n{identifier} P1 {identifier} 2025-01-06",
    )
    sent = str(episode(found)["social_care_episode_id"])
    assert sent != identifier
    assert len(sent) <= shapes.LONGEST_IDENTIFIER
    assert "0x" not in sent.lower()
    assert only(found, "child_in_need_plans")["child_in_need_plan_id"] == sent
    assert found.faults.select("table", "record_id").rows() == [("cin_plans", identifier), ("referrals", identifier)]


@pytest.mark.parametrize("identifier", ["P/1", "P0x1", "P" * 37])
def test_a_child_whose_identifier_the_service_turns_away_is_kept_back(identifier: str) -> None:
    found = built(
        people=f"person_id born_on\n{identifier} 2015-02-03",
        referrals=f"referral_id child_id received_on\nR1 {identifier} 2025-01-06",
    )
    assert children(found) == []
    assert found.kept_back["child_id"].to_list() == [identifier]


@pytest.mark.parametrize(
    "surname",
    ['Ferns"by', "back\\slash", "new\nline", 'x,"adoption":null', 'x,"health_and_wellbeing":null', "Ørsted 😀"],
)
def test_any_text_comes_through_as_it_is(surname: str) -> None:
    people = pl.DataFrame({"person_id": ["P1"], "born_on": [date(2015, 2, 3)], "surname": [surname]})
    frames = {"people": people, "referrals": table("referrals", REFERRAL)}
    found = build(dataset_of(frames, Manifest(as_at=AS_AT)), AS_AT)
    assert details(found)["surname"] == surname


def test_an_empty_record_has_no_payloads() -> None:
    assert children(build(dataset(), AS_AT)) == []


def keys_of(value: object) -> set[str]:
    """Every key of an object and of the objects in it."""
    if isinstance(value, dict):
        return set(value) | {key for each in value.values() for key in keys_of(each)}
    return {key for each in value for key in keys_of(each)} if isinstance(value, list) else set()


def test_the_payload_has_the_declared_items_and_no_others() -> None:
    items = [
        *shapes.CHILD_DETAILS,
        *shapes.SDQ,
        *shapes.EPISODE,
        *(item for each in shapes.LISTS for item in each.items),
        *shapes.ADOPTION_ITEMS,
        *shapes.CARE_LEAVER_ITEMS,
        *shapes.WORKER_ITEMS,
    ]
    assert sorted(item.number for item in items) == list(range(3, 56))
    holders = {
        shapes.CHILD_ID,
        shapes.PURGE,
        shapes.DETAILS,
        shapes.HEALTH,
        "sdq_assessments",
        shapes.EPISODES,
        *(each.name for each in shapes.LISTS),
        shapes.ADOPTION,
        shapes.CARE_LEAVERS,
        shapes.WORKERS,
    }
    assert keys_of(build(whole_record(), AS_AT).payload("P1")) == {item.name for item in items} | holders


def test_nothing_is_purged_by_the_record_itself() -> None:
    assert '"purge":true' not in "".join(build(whole_record(), AS_AT).frame["payload"])


NEW_VALUES = [
    ("people", {"upn": "Z000000000009"}),
    ("people", {"former_upn": "Z000000000009"}),
    ("people", {"upn_unknown_reason": "UN2"}),
    ("people", {"forename": "Bramble"}),
    ("people", {"surname": "Nettlecombe"}),
    ("people", {"born_on": date(2007, 2, 4)}),
    ("people", {"expected_on": date(2007, 2, 4)}),
    ("people", {"sex": "M"}),
    ("people", {"ethnicity": "AIND"}),
    ("people", {"unaccompanied": True}),
    ("people", {"unaccompanied_until": date(2025, 2, 3)}),
    ("disabilities", {"disability": "AUT"}),
    ("addresses", {"postcode": "ZZ9 9ZZ"}),
    ("sdqs", {"completed_on": date(2025, 5, 2)}),
    ("sdqs", {"score": 8}),
    ("referrals", {"received_on": date(2024, 5, 2)}),
    ("referrals", {"source": "6"}),
    ("referrals", {"closed_on": None}),
    ("referrals", {"closure_reason": "RC8"}),
    ("referrals", {"no_further_action": True}),
    ("assessments", {"assessment_id": "S9"}),
    ("assessments", {"authorised_on": None}),
    ("assessment_factors", {"factor": "4B"}),
    ("cin_plans", {"started_on": date(2024, 6, 2)}),
    ("cin_plans", {"ended_on": None}),
    ("section_47_enquiries", {"started_on": date(2024, 7, 2)}),
    ("section_47_enquiries", {"outcome": "not_substantiated"}),
    ("section_47_enquiries", {"ended_on": None}),
    ("conferences", {"held_on": date(2024, 7, 16)}),
    ("cp_plans", {"started_on": date(2024, 7, 16)}),
    ("cp_plans", {"ended_on": None}),
    ("care_episodes", {"start_reason": "P"}),
    ("care_episodes", {"end_reason": "E4A"}),
    ("placements", {"postcode": "ZZ9 9ZZ"}),
    ("placements", {"placement_type": "K2"}),
    ("placements", {"change_reason": "ALLEG"}),
    ("placements", {"ended_on": None}),
    ("adoptions", {"decided_on": date(2024, 9, 2)}),
    ("adoptions", {"matched_on": None}),
    ("adoptions", {"placed_on": None}),
    ("care_leaver_contacts", {"contacted_on": date(2025, 3, 2)}),
    ("care_leaver_activity", {"activity": "G4"}),
    ("care_leaver_accommodation", {"accommodation": "Z"}),
    ("allocations", {"started_on": date(2024, 5, 2)}),
    ("allocations", {"ended_on": None}),
    ("workers", {"registration": "SW9"}),
]


@pytest.mark.parametrize(
    ("name", "new"), NEW_VALUES, ids=lambda value: value if isinstance(value, str) else next(iter(value))
)
def test_a_change_of_any_item_changes_the_childs_hash_and_no_others(name: str, new: dict[str, object]) -> None:
    frames = {each: table(each, text) for each, text in WHOLE.items()}
    before = build(whole_record(), AS_AT).frame
    ((column, value),) = new.items()
    dtype = TABLES[name].schema[column]
    frame = frames[name]
    old = pl.col(column) if column in frame.columns else pl.lit(None, dtype)
    first = pl.int_range(pl.len()) == 0
    frames[name] = frame.with_columns(pl.when(first).then(pl.lit(value, dtype)).otherwise(old).alias(column))
    after = build(dataset_of(frames, Manifest(as_at=AS_AT)), AS_AT).frame
    changed = [was != now for was, now in zip(before["hash"], after["hash"], strict=True)]
    assert changed == [True, False]


def test_the_same_record_in_another_order_has_the_same_payloads() -> None:
    frames = {name: table(name, text).reverse() for name, text in WHOLE.items()}
    again = build(dataset_of(frames, Manifest(as_at=AS_AT)), AS_AT)
    assert again.frame.equals(build(whole_record(), AS_AT).frame)


def test_payloads_are_json_without_spaces() -> None:
    text = build(whole_record(), AS_AT).frame["payload"][0]
    assert text == json.dumps(json.loads(text), separators=(",", ":"))
