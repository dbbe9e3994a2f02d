"""Long questions are planned by the database once for a connection, not each time they are asked."""

import pytest
from django.db import connection

from casework.common.together import prepared


@pytest.mark.django_db
def test_a_question_that_is_asked_again_keeps_its_plan() -> None:
    assert [prepared("SELECT %s::int + 1 AS planned_once", [number]) for number in range(7)] == [
        [(number + 1,)] for number in range(7)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%AS planned_once"],
        )
        assert cursor.fetchall() == [(7, 0)]
