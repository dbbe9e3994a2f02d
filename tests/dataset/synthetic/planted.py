"""Which rules must find which planted fault, once a return shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

FOUND_BY: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "ssda903": {
        "missing_birth_date": ("102",),
        "missing_ethnicity": ("103",),
        "missing_reason_episode_ended": ("148",),
        "missing_home_number": ("218",),
        "missing_participation": ("167",),
        "missing_reason_worker_changed": ("SW01bSTG1",),
        "missing_reversed": ("567", "571", "574"),
        "episode_reversed": ("356", "388", "433"),
        "episode_overlaps": ("501", "388", "433"),
    },
    "cin-census": {
        "missing_birth_date": ("8525Q",),
        "missing_ethnicity": ("4220",),
        "missing_closure_reason": ("8805",),
        "missing_main_need": ("8610",),
        "missing_category": ("8905",),
        "missing_latest_category": ("8910",),
        "assessment_reversed": ("8608",),
        "plan_reversed": ("4011",),
        "protection_plan_reversed": ("8925",),
        "wrong_pupil_number_letter": ("1510",),
    },
}
"""Of each return, each fault and the rules of which one at least must find it."""

ONLY_BESIDE_OTHERS = {
    "plan_left_open": "the return says no more than that the plan runs on, unless the next one has begun",
    "protection_plan_left_open": "the return says no more than that the plan runs on, unless the next one has begun",
    "missing_legal_status": "no rule asks for it as such: those of the statuses before and after do",
    "missing_category_of_need": "no rule asks for it as such: only that of last year's return is compared",
    "missing_placement_type": "no rule asks for it as such",
    "missing_pupil_number_reason": "the census asks for it at school age alone",
    "allocation_reversed": "no rule compares a social worker's two dates, only those of one worker and the next",
    "enquiry_reversed": "the census has no end of an enquiry",
}
"""Faults that a rule finds only where something else in the return gives them away, and why."""

LAWFUL = {
    "missing_sex": "the returns take it from the gender",
    "need_not_stated": "N0 is a code of the census",
    "source_unknown": "10 is a code of the census",
    "category_multiple": "MUL is a code of the census",
    "missing_seen": "no return tells of visits",
    "missing_decision": "no return tells of the time of decisions",
    "missing_end_reason": "the returns read the end of the last episode",
    "duplicate_child": "the second entry has no episode",
}
"""Faults that no return can show, and why."""

NOT_ASKED: Mapping[tuple[str, str], pl.Expr] = {
    ("cin-census", "missing_main_need"): pl.col("no_further_action"),
    ("cin-census", "missing_birth_date"): pl.col("expected_on").is_not_null(),
    ("ssda903", "missing_reason_worker_changed"): pl.col("started_on") < date(2023, 4, 1),
}
"""Rows of the record of which a return does not ask what is missing, by return and fault."""
