"""The board, the daily report and their explanations of a whole authority: the core's own figures."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from django.db import transaction
from django.utils import timezone

from casework.canonical import dataset
from casework.canonical.actions import bring_over
from casework.child_in_need.models import ChildInNeedPlan
from casework.common import clock
from casework.deadlines.recompute import recompute
from casework.front_door.models import Referral
from casework.reports.actions import work_out_board
from casework.reports.behind import behind
from casework.reports.daily import Asked, daily
from casework.reports.models import BoardOfDay
from goldenthread.board.build import build_board
from goldenthread.board.present import cell_text
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.indicators.explanation import explain
from goldenthread.timeliness.report.daily import OF_A_CHILD, daily_report
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)
FIRST_THING = timezone.make_aware(datetime(2026, 11, 27))


@pytest.fixture(scope="module", autouse=True)
def authority(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """An authority's record, brought over once for the tests of this module: each leaves it as it found it."""
    with django_db_blocker.unblock(), transaction.atomic():
        frames, manifest, _ = synthesise(children=300, as_at=FRIDAY, faults=0)
        bring_over(frames, manifest, why="A test")
        recompute(at=FIRST_THING)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def on_friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: FRIDAY_TEATIME)


def test_the_board_shows_the_cores_own_figures() -> None:
    kept = work_out_board(as_at=FRIDAY, at=FRIDAY_TEATIME)
    wanted = {row.anchor: cell_text(row.current, row) for row in build_board(dataset(FRIDAY), FRIDAY).rows}
    rows = [row for section in kept.content["sections"] for row in section["rows"]]
    assert {row["anchor"]: row["current"]["text"] for row in rows} == wanted


def test_the_board_is_worked_out_again_only_after_a_change() -> None:
    first = work_out_board(as_at=FRIDAY, at=FRIDAY_TEATIME)
    later = FRIDAY_TEATIME + timedelta(hours=1)
    assert work_out_board(as_at=FRIDAY, at=later).pk == first.pk
    assert work_out_board(as_at=FRIDAY - timedelta(days=1), at=later).pk != first.pk


def test_the_daily_report_is_the_cores_own() -> None:
    found = daily(Asked(), user=a_user("director"), names=True, at=FIRST_THING)
    core = daily_report(dataset(FRIDAY), FRIDAY)
    of_children = [frame.filter(OF_A_CHILD) for frame in (core.overdue, core.soon)]
    assert (found.overdue, found.ahead) == tuple(frame.height for frame in of_children)
    assert found.until == core.until
    by_clock = dict(of_children[0].group_by("clock").len().iter_rows())
    assert {one.value: one.overdue for one in found.clocks if one.overdue} == by_clock


def test_an_analyst_sees_figures_and_reasons_and_no_child(sign_in: Any, on_friday: None) -> None:
    client = sign_in("analyst")
    page = client.get("/board/csb05").content.decode()
    assert "What stands behind it" in page
    assert "/people/" not in page.split('id="main"')[1]
    assert "/people/" not in client.get("/timeliness").content.decode().split('id="main"')[1]


def test_the_children_behind_a_figure_are_those_the_core_counts() -> None:
    found = behind("CSB05", as_at=FRIDAY, part="counted", page=1, user=a_user("director"), names=True)
    rows = explain(dataset(FRIDAY), "CSB05", FRIDAY)
    counted = rows.filter(pl.col("in_numerator"))
    assert found.numbers["counted"] == counted.height > 0
    assert [line.person.reference for line in found.lines] == counted["child_id"].to_list()[:50]
    nobody = behind("CSB05", as_at=FRIDAY, part="counted", page=1, user=a_user("social_worker"), names=True)
    assert (nobody.lines, nobody.hidden) == ((), counted["child_id"].n_unique())
    for name, opened in (("Later", date(2026, 7, 6)), ("Earlier", date(2026, 6, 1))):
        child = a_child(name, reference=f"unheard {name}")
        Referral.objects.create(person=child, received_on=opened)
        ChildInNeedPlan.objects.create(person=child, started_on=date(2026, 8, 3))
    unheard = behind("VOICE_HEARD", as_at=FRIDAY, part="not_counted", page=1, user=a_user("director"), names=True)
    last = [one.last for one in unheard.lines]
    assert unheard.last == "Last heard" and last == sorted(last, key=lambda on: on or date.min)
    never = [(one.person.forename, one.days_open) for one in unheard.lines if one.last is None]
    assert never == [("Earlier", 179), ("Later", 144)], "the longest open first"
    assert any(last) and all(on is None or on <= date(2026, 8, 27) for on in last), "three months before 27 November"


def test_working_the_board_out_again_is_asked_for_by_post(sign_in: Any, on_friday: None) -> None:
    client = sign_in("director")
    assert client.get("/board/again").status_code == 405
    assert client.post("/board/again").status_code == 302
    assert BoardOfDay.objects.count() == 1
    assert "from the record as it then was" in client.get("/board").content.decode()
    assert client.get("/board/no-such-row").status_code == 404


@pytest.mark.parametrize("address", ["/board", "/board/csb05", "/timeliness"])
def test_a_page_asks_few_questions_whatever_the_number_of_children(
    address: str, sign_in: Any, on_friday: None, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client = sign_in("director")
    client.get("/board")
    with django_assert_max_num_queries(25):
        assert client.get(address).status_code == 200
