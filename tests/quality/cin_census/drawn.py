"""Running rules on rows drawn as in the rules' own examples."""

from __future__ import annotations

from goldenthread.quality import Result, check
from goldenthread.quality.engines import POLARS, RuleEngine
from goldenthread.quality.examples import read_examples
from goldenthread.quality.returns import checked

KIND = "cin-census"
RULES = {rule.code: rule for rule in checked(KIND).rules}


def checked_rows(drawn: str, *codes: str, year: int = 2026, engine: RuleEngine = POLARS) -> Result:
    """What the rules of those codes find in the rows drawn."""
    example = read_examples(drawn, checked(KIND).shape.child)
    return check(
        KIND, example.tables, collection_year=year, rules=[RULES[code] for code in codes] or None, engine=engine
    )


def found(
    drawn: str, code: str, *, year: int = 2026, engine: RuleEngine = POLARS
) -> list[tuple[str | None, int | None]]:
    """The table and row of each finding; both None for one about the whole return."""
    result = checked_rows(drawn, code, year=year, engine=engine)
    assert result.rules["status"].to_list() == ["ran"], result.rules["reason"].to_list()
    return list(result.findings.select("table", "row").iter_rows())
