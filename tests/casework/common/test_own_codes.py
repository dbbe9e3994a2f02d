"""Codes of our own: what is retired is asked no more, and still says what it meant."""

from datetime import date
from pathlib import Path

from casework.common.own_codes import OwnCodes

FILE = """
push:
  arguments: Arguments at home
  curfew: {words: A curfew that felt unfair, until: 2026-11-27}
draw:
  friends: With friends
"""


def test_a_retired_code_is_asked_until_its_last_day_and_keeps_its_words(tmp_path: Path) -> None:
    path = tmp_path / "codes.yaml"
    path.write_text(FILE)
    codes = OwnCodes(path)
    both = [("arguments", "Arguments at home"), ("curfew", "A curfew that felt unfair")]
    assert codes.in_use("push", date(2026, 11, 27)) == both
    assert codes.in_use("push", date(2026, 11, 28)) == both[:1]
    assert codes.words_of("push", ["curfew", "friends", "arguments"]) == [words for _, words in both]
    assert codes.words == {**dict(both), "friends": "With friends"}
