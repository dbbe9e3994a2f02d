"""Her rows in Ofsted's lists of Annex A, made from the live record: what each says, held to what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.canonical import dataset
from goldenthread.writers import annex_a
from goldenthread.writers.annex_a.words import NO, YES
from tests.casework.fourteen_months.case import Case

Row = Mapping[str, str | None]
POLICE = "q) 6: Police"
HELD_BY = {"Allocated Team": "Amber assessment"}


def in_annex_a(case: Case, on: date, lists: Mapping[str, Row]) -> None:
    """She has one row in each of these lists at the end of that day, which says so, and none in any other."""
    built = annex_a.build(dataset(on), on)
    hers = {
        name: [row for row, of in zip(built.tables[name].iter_rows(named=True), frame["child_id"], strict=True)
               if of == case.ada.reference]
        for name, frame in built.origins.items()
    }  # fmt: skip
    assert {name: len(rows) for name, rows in hers.items() if rows} == dict.fromkeys(lists, 1)
    for name, wanted in lists.items():
        row = hers[name][0]
        assert {heading: row[heading] for heading in wanted} == wanted, (name, row)
        assert (row["Child Unique ID"], row["Date of Birth"]) == (case.ada.reference, "02/03/2015"), name


AT_THE_FIRST_REVIEW: Mapping[str, Row] = {
    "List 1": {"Date of Contact": "27/11/2026", "Contact Source": POLICE, "Age of Child (Years)": "12"},
    "List 3": {
        **HELD_BY, "Date of referral": "27/11/2026", "Referral Source": POLICE, "Referral NFA?": NO,
        "Number of Referrals in Last 12 Months": "0",
    },
    "List 4": {
        **HELD_BY, "Continuous Assessment Start Date": "08/12/2026",
        "Child Seen During Continuous Assessment": YES, "Continuous Assessment Date of Authorisation": "04/01/2027",
        "Was the child assessed as requiring LA children's social care support?": YES,
    },
    "List 5": {
        **HELD_BY, "Strategy discussion initiating Section 47 Enquiry Start Date": "30/11/2026",
        "Was an Initial Child Protection Conference deemed unnecessary?": NO,
        "Date of Initial Child Protection Conference": "17/12/2026",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan": YES,
        "Number of Section 47 Enquiries in the last 12 months": "0", "Number of ICPCs in the last 12 months": "0",
    },
    "List 6": {
        **HELD_BY, "CIN Start Date": "27/11/2026", "Primary Need Code": "N1 - Abuse or neglect",
        "Date Child Was Last Seen": "10/03/2027", "CIN Closure Date": None, "Reason for Closure": None,
        "Case Status": "b) Child Protection plan",
    },
    "List 7": {
        **HELD_BY, "Child Protection Plan Start Date": "17/12/2026", "Initial Category of Abuse": "b) Physical abuse",
        "Latest Category of Abuse": "d) Emotional abuse", "Date of the Last Statutory Visit": "10/03/2027",
        "Was the Child Seen Alone?": YES, "Date of latest review conference": "10/03/2027",
        "Child Protection Plan End Date": None, "Number of Previous Child Protection Plans": "0",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)": NO,
    },
}  # fmt: skip
"""On 10 March 2027. The counts of lists 3, 5 and 7 leave the latest out: it was her first of each."""

AT_THE_END: Mapping[str, Row] = {
    "List 6": {
        "CIN Start Date": "27/11/2026", "Primary Need Code": "N1 - Abuse or neglect",
        "Date Child Was Last Seen": "29/09/2027",
        "CIN Closure Date": "27/01/2028", "Case Status": "e) Closed episode",
        "Reason for Closure": "RC7 - Services ceased for any other reason, including child no longer in need",
        "Age of Child (Years)": "12",
    },
    "List 7": {
        "Child Protection Plan Start Date": "17/12/2026", "Initial Category of Abuse": "b) Physical abuse",
        "Latest Category of Abuse": "d) Emotional abuse", "Date of the Last Statutory Visit": "19/08/2027",
        "Date of latest review conference": "08/09/2027", "Child Protection Plan End Date": "08/09/2027",
        "Number of Previous Child Protection Plans": "0",
    },
}  # fmt: skip
"""On 27 January 2028: need and a plan in the last six months, and nothing else."""
