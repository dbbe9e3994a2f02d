"""Which rules are followed: every entry of the book is, or is listed with the reason."""

from __future__ import annotations

from goldenthread.journey.sources import PROVIDED
from goldenthread.statute.load import load_book
from goldenthread.timeliness.plan import followable, plan, unanswerable
from goldenthread.timeliness.rules import rules_listing


def test_every_entry_of_the_book_is_followed_or_listed_with_a_reason() -> None:
    book = load_book()
    chosen = plan(book)
    followed = {one.clock.rule.id for one in chosen.followed}
    listed = {one.rule.id for one in chosen.not_followed}
    assert followed | listed == {rule.id for rule in book.rules}
    assert not followed & listed
    assert all(one.reason for one in chosen.not_followed)


def test_listing_has_each_entry_once() -> None:
    listing = rules_listing(plan(load_book()))
    assert listing["rule"].n_unique() == listing.height == len(load_book().rules)


def test_unanswerable_rules_say_which_events_or_answers_are_missing() -> None:
    missing = {one.rule.id: one.missing for one in unanswerable(load_book())}
    assert missing["complaint_stage1_10wd"] == ("complaint.received", "complaint.resolved")
    assert missing["lac_visit_long_term_foster_6m"] == ("long_term_foster_agreed",)


def test_rule_with_one_answerable_alternative_is_followed_on_that_one() -> None:
    found = next(one for one in plan(load_book()).followed if one.clock.rule.id == "lac_visit_connected_4wk")
    assert found.conditions_unanswered == ("placement_made_under",)
    assert len(found.conditions) == 1


def test_clock_of_which_nothing_shows_satisfaction_is_dropped_with_a_reason() -> None:
    chosen = followable(plan(load_book()), PROVIDED - {"core_group.held"})
    reasons = {one.rule.id: one for one in chosen.not_followed}
    assert reasons["core_group_first_10wd"].missing == ("core_group.held",)
    assert "core_group_first_10wd" not in {one.clock.rule.id for one in chosen.followed}


def test_local_and_national_clocks_run_side_by_side() -> None:
    layers = {one.clock.layer for one in plan(load_book()).followed}
    assert layers == {"statutory", "local"}
