"""A record that has every item of the payload, of one child; the other has the fewest a child can have."""

from __future__ import annotations

from goldenthread.dataset.engines import POLARS, Engine
from goldenthread.dataset.store import Dataset
from tests.indicators.drawn import dataset

WHOLE = {
    "people": """person_id  born_on     expected_on  forename  surname  sex  ethnicity  upn            former_upn
                 P1         2007-02-03  2007-02-01   Juniper   Fernsby  F    WBRI       Z000000000001  Z000000000002
                 P2         2007-02-03  -            -         -        -    -          -              -""",
    "disabilities": "child_id disability\nP1 MOB",
    "addresses": "person_id kind postcode started_on\nP1 home ZZ11AA 2020-01-01",
    "sdqs": "child_id completed_on score\nP1 2025-05-01 7",
    "referrals": """referral_id  child_id  received_on  closed_on   source  closure_reason  no_further_action
                    R1           P1        2024-05-01   2026-05-01  3A      RC7             no
                    R2           P2        2024-05-01   -           -       -               -""",
    "assessments": "assessment_id child_id referral_id started_on authorised_on\nS1 P1 R1 2024-05-02 2024-06-01",
    "assessment_factors": "assessment_id child_id factor\nS1 P1 3B",
    "cin_plans": "cin_plan_id child_id referral_id started_on ended_on\nN1 P1 R1 2024-06-01 2025-06-01",
    "section_47_enquiries": """section_47_id  child_id  referral_id  started_on  ended_on    outcome
                               Q1             P1        R1           2024-07-01  2024-07-10  conference""",
    "conferences": "child_id section_47_id kind held_on\nP1 Q1 initial 2024-07-15",
    "cp_plans": "cp_plan_id child_id referral_id started_on ended_on\nK1 P1 R1 2024-07-15 2025-01-15",
    "care_periods": "care_period_id child_id referral_id started_on\nL1 P1 R1 2024-08-01",
    "care_episodes": """child_id  care_period_id  started_on  start_reason  ended_on    end_reason
                        P1        L1              2024-08-01  S             2024-12-01  X1""",
    "placements": """placement_id  child_id  care_period_id  started_on  ended_on    placement_type  postcode
                     PL1           P1        L1              2024-08-01  2024-12-01  U6              ZZ22BB""",
    "adoptions": """adoption_id  child_id  care_period_id  decided_on  matched_on  placed_on
                    AD1          P1        L1              2024-09-01  2024-10-01  2024-11-01""",
    "care_leaver_contacts": "child_id contacted_on\nP1 2025-03-01",
    "care_leaver_activity": "child_id activity started_on\nP1 F2 2024-09-01",
    "care_leaver_accommodation": "child_id accommodation started_on\nP1 K 2025-02-03",
    "allocations": "child_id worker_id started_on ended_on\nP1 W1 2024-05-01 2026-05-01",
    "workers": "worker_id registration\nW1 SW1",
}


def whole_record(engine: Engine = POLARS) -> Dataset:
    return dataset(engine, **WHOLE)
