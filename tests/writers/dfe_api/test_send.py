"""How the service's answers are met, one by one, and what is never said or sent."""

import json
import socket
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from goldenthread.writers.dfe_api import (
    DailyFlowError,
    Kind,
    Sent,
    build,
    changes,
    prepare,
    prepare_payloads,
    send,
    standings,
)
from tests.indicators.drawn import dataset
from tests.writers.dfe_api.authority import AS_AT, NIGHT, Authority, Night, of_children
from tests.writers.dfe_api.holdings import content_of
from tests.writers.dfe_api.receiver import BREAKING, FIREWALLED, KEY, PATH, REFUSED, SECRET, TOKEN, Receiver


@pytest.fixture
def night(tmp_path: Path, receiver: Receiver) -> Night:
    return Night(tmp_path / "state", receiver)


def reasons(sent: Sent) -> dict[str, str]:
    return dict(sent.refused.iter_rows()) | dict(sent.failed.iter_rows())


def test_sending_is_off_unless_switched_on(night: Night) -> None:
    night.prepare(of_children(1))
    sent = send(night.folder, night.receiver.environ, lambda: NIGHT)
    assert sent.stopped.startswith("Sending is switched off")
    assert night.receiver.paths == []


def test_nothing_is_sent_without_every_setting_and_the_missing_are_named(night: Night) -> None:
    night.prepare(of_children(1))
    for name in night.receiver.environ:
        environ = {key: value for key, value in night.receiver.environ.items() if key != name}
        with pytest.raises(DailyFlowError, match=name):
            send(night.folder, environ, lambda: NIGHT, switched_on=True)
    assert night.receiver.paths == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "http://example.org/receiver"),
        ("TOKEN_URL", "http://example.org/token"),
        ("URL", "https://someone:secret@example.org/receiver"),
        ("URL", "https://example.org/receiver?key=secret"),
        ("URL", "example.org/receiver"),
        ("LA_CODE", "E06000014"),
        ("SUPPLIER_KEY", "two\nlines"),
        ("CLIENT_SECRET", "secret…"),
    ],
)
def test_an_address_or_key_that_is_not_safe_is_refused(night: Night, name: str, value: str) -> None:
    night.prepare(of_children(1))
    environ = night.receiver.environ | {f"GOLDENTHREAD_DFE_{name}": value}
    with pytest.raises(DailyFlowError, match=f"GOLDENTHREAD_DFE_{name}") as raised:
        send(night.folder, environ, lambda: NIGHT, switched_on=True)
    assert "secret" not in str(raised.value)


def test_records_go_in_batches_of_a_hundred_to_the_authoritys_endpoint(night: Night) -> None:
    authority = of_children(250)
    sent = night.run(authority)
    assert (sent.accepted, sent.waiting, sent.stopped) == (250, 0, "")
    assert night.receiver.sizes() == [100, 100, 50]
    assert night.receiver.paths == ["/token", PATH, PATH, PATH]
    assert night.held() == [authority.content()] * 2


def test_requests_are_four_tenths_of_a_second_apart_at_least(night: Night) -> None:
    night.run(of_children(250))
    assert night.waited == [0.4] * 3


def test_headers_are_those_the_service_asks_for(night: Night) -> None:
    night.run(of_children(1))
    headers = night.receiver.headers
    assert headers["Authorization"] == f"Bearer {TOKEN}-1"
    assert headers["SupplierKey"] == KEY
    assert headers["User-Agent"] == "goldenthread"


def test_a_dataset_is_built_prepared_and_sent(night: Night) -> None:
    record = dataset(
        people="person_id born_on\nP1 2015-02-03\nP2 2015-02-03",
        referrals="referral_id child_id received_on\nR1 P1 2025-01-06\nR2 P2 2025-01-06",
    )
    prepared = prepare(record, AS_AT, night.folder, NIGHT)
    assert prepared.counts[Kind.new] == night.send().accepted == 2
    found = build(record, AS_AT)
    assert night.held() == [{child: content_of(found.payload(child)) for child in ("P1", "P2")}] * 2


def test_an_unchanged_record_is_not_sent_again(night: Night) -> None:
    authority = of_children(3)
    night.run(authority)
    prepared = night.prepare(authority)
    assert prepared.counts[Kind.unchanged] == 3
    assert prepared.batches == ()
    assert night.send().accepted == 0
    assert len(night.receiver.bodies) == 1


def test_a_receipt_and_its_time_are_kept_for_each_child(night: Night) -> None:
    night.run(of_children(1))
    (line,) = standings(night.folder).iter_rows(named=True)
    assert (line["standing"], line["at"], line["receipt"]) == ("accepted", NIGHT, "2026-07-01_02:00:00.000000_P0001")


def test_a_refused_record_is_kept_with_its_own_reason_and_holds_up_nobody(night: Night) -> None:
    authority = of_children(8)
    authority.children["P0003"] = authority.children["P0006"] = REFUSED
    sent = night.run(authority)
    assert sent.accepted == 6
    assert sent.refused["child_id"].to_list() == ["P0003", "P0006"]
    assert "[0].child_details: not valid" in reasons(sent)["P0003"]
    assert night.receiver.sizes() == [8, 6, 1, 1]
    assert standings(night.folder).filter(standing="refused")["child_id"].to_list() == ["P0003", "P0006"]


def test_a_refused_record_is_told_of_each_night_and_sent_again_when_it_changes(night: Night) -> None:
    authority = of_children(2)
    authority.children["P0001"] = REFUSED
    night.run(authority)
    again = night.prepare(authority)
    assert again.counts[Kind.refused] == 1
    assert "not valid" in again.differences["reason"].item()
    assert again.batches == ()
    authority.children["P0001"] = "Fernsby"
    assert night.run(authority).accepted == 1
    assert night.held() == [authority.content()] * 2


def test_a_refused_record_may_be_tried_again_unchanged(night: Night) -> None:
    authority = of_children(1)
    authority.children["P0001"] = REFUSED
    night.run(authority)
    assert len(night.prepare(authority, retry_refused=True).batches) == 1


def test_a_purge_that_is_refused_is_asked_for_again(night: Night) -> None:
    night.run(of_children(1))
    assert night.run(Authority(), ["400"]).refused.height == 1
    assert night.run(Authority()).purged == 1
    assert night.held() == [{}, {}]


def test_a_record_refused_and_then_as_it_was_before_needs_no_sending(night: Night) -> None:
    authority = of_children(1)
    night.run(authority)
    authority.children["P0001"] = REFUSED
    night.run(authority)
    authority.children["P0001"] = "FernsbyP0001"
    assert night.prepare(authority).counts[Kind.unchanged] == 1
    assert standings(night.folder)["standing"].to_list() == ["accepted"]


def test_a_batch_refused_without_saying_which_is_halved_until_the_record_is_alone(night: Night) -> None:
    sent = night.run(of_children(8), ["400", "", "400", "400"])
    assert night.receiver.sizes() == [8, 4, 4, 2, 1, 1, 2]
    assert (sent.accepted, sent.refused.height) == (8, 0)


def test_a_record_refused_alone_is_refused_whatever_the_service_says_of_it(night: Night) -> None:
    assert reasons(night.run(of_children(1), ["400"])) == {"P0001": "400: Not today"}


def test_a_batch_that_is_too_large_is_halved(night: Night) -> None:
    assert night.run(of_children(4), ["413"]).accepted == 4
    assert night.receiver.sizes() == [4, 2, 2]


def test_a_record_the_firewall_turns_away_holds_up_nobody_and_is_tried_again(night: Night) -> None:
    authority = of_children(4)
    authority.children["P0004"] = FIREWALLED
    sent = night.run(authority)
    assert (sent.accepted, sent.failed["child_id"].to_list(), sent.stopped) == (3, ["P0004"], "")
    authority.children["P0001"] = "Changed"
    assert night.run(authority).accepted == 1
    authority.children["P0004"] = "Fernsby"
    night.run(authority)
    assert night.held() == [authority.content()] * 2


def test_where_the_gateway_lets_nothing_through_the_run_stops_after_a_few_records(night: Night) -> None:
    sent = night.run(of_children(100), ["403"] * 1000)
    assert "lets nothing through" in sent.stopped
    assert (sent.accepted, sent.failed.height, sent.waiting) == (0, 3, 97)
    assert len(night.receiver.bodies) < 40


def test_a_token_that_has_run_out_is_fetched_anew(night: Night) -> None:
    assert night.run(of_children(1), ["401"]).accepted == 1
    assert night.receiver.tokens == 2


def test_a_key_that_is_never_taken_stops_the_run_and_blames_no_record(night: Night) -> None:
    sent = night.run(of_children(2), ["401"] * 9)
    assert "takes no more for now (401)" in sent.stopped
    assert standings(night.folder).is_empty()
    assert (sent.failed.height, sent.waiting, len(night.receiver.bodies)) == (0, 2, 3)


@pytest.mark.parametrize("script", [["token 401"] * 3, ["token 500"] * 3])
def test_without_a_token_nothing_is_sent_and_no_secret_told(night: Night, script: list[str]) -> None:
    sent = night.run(of_children(1), script)
    assert night.receiver.bodies == []
    assert SECRET not in str(sent) + str(night.said) + str(standings(night.folder).rows())


def test_the_service_is_given_the_time_it_asks_for(night: Night) -> None:
    assert night.run(of_children(1), ["429 7", "429"]).accepted == 1
    assert night.waited == [0.4, 7.0, 0.4, 7.0, 0.4]


def test_asked_to_wait_too_long_the_run_leaves_the_rest_to_the_next(night: Night) -> None:
    sent = night.run(of_children(250), ["", "429 3600"])
    assert (sent.accepted, sent.failed.height, sent.waiting) == (100, 0, 150)
    assert 3600.0 not in night.waited
    assert night.send().accepted == 150


def test_a_request_is_tried_three_times_with_longer_waits(night: Night) -> None:
    assert night.run(of_children(1), ["500", "hang up"]).accepted == 1
    assert night.waited == [0.4, 5.0, 0.4, 10.0, 0.4]


def test_what_fails_is_left_for_the_next_run(night: Night) -> None:
    authority = of_children(2)
    sent = night.run(authority, ["500"] * 3)
    assert reasons(sent) == {"P0001": "500: Not today", "P0002": "500: Not today"}
    assert night.run(authority).accepted == 2
    assert night.held() == [authority.content()] * 2


def test_a_service_that_is_down_is_not_asked_for_every_batch(night: Night) -> None:
    sent = night.run(of_children(450), ["hang up"] * 1000)
    assert "does not answer" in sent.stopped
    assert (len(night.receiver.bodies), sent.failed.height, sent.waiting) == (9, 300, 150)


def test_a_record_that_breaks_the_service_comes_to_be_sent_alone(night: Night) -> None:
    authority = of_children(8)
    authority.children["P0005"] = BREAKING
    accepted = [night.run(authority).accepted for _ in range(4)]
    assert accepted == [0, 4, 2, 1]
    assert night.run(authority).failed["child_id"].to_list() == ["P0005"]


def test_those_that_failed_before_are_sent_after_the_others(night: Night) -> None:
    authority = of_children(2)
    authority.children["P0001"] = BREAKING
    night.run(authority)
    night.receiver.bodies.clear()
    names = dict(authority.children)
    authority = of_children(4)
    authority.children |= names
    night.run(authority)
    assert [[body["la_child_id"] for body in batch] for batch in night.receiver.bodies] == [
        ["P0003", "P0004"],
        *[["P0001"]] * 3,
        ["P0002"],
    ]


@pytest.mark.parametrize("script", [["short after taking it"], ["garbled after taking it"], ["204"], ["302"]])
def test_an_answer_that_is_not_clear_is_a_failure_and_what_may_be_held_is_remembered(
    night: Night, script: list[str]
) -> None:
    authority = of_children(2)
    assert night.run(authority, script).failed.height == 2
    assert "/elsewhere" not in night.receiver.paths
    authority.remove_child("P0002")
    del authority.plans["NP0001"]
    night.run(authority)
    assert night.held() == [authority.content()] * 2


def test_what_a_failed_run_would_have_purged_is_purged_by_the_next(night: Night) -> None:
    authority = of_children(2)
    night.run(authority)
    del authority.plans["NP0001"]
    night.run(authority, ["500"] * 3)
    authority.children["P0001"] = "Changed"
    night.run(authority)
    assert night.held() == [authority.content()] * 2


def test_a_record_back_as_it_was_is_sent_again_where_another_may_have_been_taken(night: Night) -> None:
    authority = of_children(1)
    night.run(authority)
    authority.children["P0001"] = "Mistaken"
    night.run(authority, ["hang up after taking it"] * 3)
    authority.children["P0001"] = "FernsbyP0001"
    night.run(authority)
    assert night.held() == [authority.content()] * 2


def moved(night: Night) -> Authority:
    """A child whose plan, sent under one referral, has since been put under another."""
    authority = of_children(1)
    authority.referrals["R2"] = "P0001"
    night.run(authority)
    authority.plans["NP0001"] = ("R2", None)
    return authority


def test_what_has_moved_is_purged_first_and_sent_in_a_second_request(night: Night) -> None:
    authority = moved(night)
    night.receiver.bodies.clear()
    assert night.run(authority).accepted == 1
    assert ['"purge": true' in json.dumps(body) for body in night.receiver.bodies] == [True, False]
    assert night.held() == [authority.content()] * 2


@pytest.mark.parametrize("status", ["401", "500"])
def test_where_only_the_purge_was_accepted_the_rest_is_sent_the_next_night(night: Night, status: str) -> None:
    authority = moved(night)
    night.run(authority, ["", *[status] * 3])
    assert night.held() != [authority.content()] * 2
    night.run(authority)
    assert night.held() == [authority.content()] * 2


def test_where_the_purge_was_refused_what_has_moved_is_not_sent(night: Night) -> None:
    authority = moved(night)
    night.receiver.bodies.clear()
    night.run(authority, ["400"])
    assert night.receiver.sizes() == [1]
    assert night.prepare(authority).counts[Kind.refused] == 1


def test_an_answer_that_does_not_come_in_time_is_a_failure(night: Night) -> None:
    sent = night.run(of_children(1), [])
    assert sent.accepted == 1
    night.prepare(of_children(2))
    assert reasons(night.send(["wait", "wait", "wait"], timeout=0.1)) == {"P0002": "no answer: TimeoutError"}


def test_a_service_that_is_not_there_is_no_error_and_nothing_is_thought_to_be_held(night: Night) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        night.receiver.port = taken.getsockname()[1]  # bound and not listening: nobody answers
        sent = night.run(of_children(1))
    assert "could not be reached" in reasons(sent)["P0001"]
    assert night.prepare(Authority()).batches == ()


def test_a_run_that_dies_after_the_answer_is_made_good_by_the_next(night: Night) -> None:
    authority = of_children(2)
    night.prepare(authority)

    def dies() -> datetime:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        night.send(now=dies)
    authority.remove_child("P0001")
    del authority.plans["NP0002"]
    night.run(authority)
    assert night.held() == [authority.content()] * 2


def test_what_moves_from_one_child_to_another_is_held_by_the_other_alone(night: Night) -> None:
    authority = of_children(3)
    night.run(authority)
    authority.referrals["RP0003"] = "P0001"
    night.run(authority)
    assert night.held() == [authority.content()] * 2


def test_what_moved_before_its_old_place_could_be_purged_is_sent_again_after_the_purge(night: Night) -> None:
    authority = of_children(3)
    night.run(authority)
    authority.referrals["RP0003"] = "P0001"
    authority.children["P0003"] = FIREWALLED
    authority.referrals["R3"] = "P0003"
    night.run(authority)
    authority.children["P0003"] = "Fernsby"
    night.run(authority)
    assert night.held() == [authority.content()] * 2


def test_nothing_personal_and_no_secret_is_said_or_in_an_address(
    night: Night, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    authority = of_children(12)
    authority.children["P0002"] = REFUSED
    authority.children["P0003"] = FIREWALLED
    sent = night.run(authority, ["401", "500", "400", "429"])
    assert sent.accepted == 10
    told = " ".join([*night.said, sent.stopped, *night.receiver.paths, caplog.text, *capfd.readouterr()])
    for hidden in ("P00", "Fernsby", REFUSED, "not valid", SECRET, KEY, TOKEN):
        assert hidden not in told
    kept = b"".join(path.read_bytes() for path in night.folder.rglob("*") if path.is_file())
    for secret in (SECRET, KEY, TOKEN):
        assert secret.encode() not in kept


def test_the_state_names_no_one_and_only_its_owner_may_open_it(night: Night) -> None:
    night.run(of_children(2))
    assert b"Fernsby" not in (night.folder / "state.sqlite").read_bytes()
    assert night.folder.stat().st_mode & 0o077 == 0


def test_a_folder_kept_for_one_service_is_not_used_for_another(night: Night) -> None:
    night.run(of_children(1))
    environ = night.receiver.environ | {"GOLDENTHREAD_DFE_LA_CODE": "998"}
    with pytest.raises(DailyFlowError, match="another service"):
        send(night.folder, environ, lambda: NIGHT, switched_on=True)


def test_a_folder_kept_for_one_authority_is_not_used_for_another(night: Night) -> None:
    night.prepare(of_children(1))
    with pytest.raises(DailyFlowError, match=r"X99000001.*X99000002"):
        prepare_payloads(replace(of_children(1).payloads(), authority="X99000002"), night.folder, NIGHT)


def test_taking_back_much_of_what_is_held_needs_a_persons_word(night: Night) -> None:
    night.run(of_children(10))
    prepared = night.prepare(Authority({"P0001": "Fernsby"}))
    assert prepared.counts[Kind.gone] == 9
    assert prepared.needs_consent
    with pytest.raises(DailyFlowError, match="agree to it"):
        send(night.folder, night.receiver.environ, lambda: NIGHT, switched_on=True)
    assert night.send().purged == 10
    assert night.held() == [{}, {}]
    assert standings(night.folder).is_empty()


def test_taking_back_a_little_needs_nobodys_word(night: Night) -> None:
    authority = of_children(20)
    night.run(authority)
    authority.remove_child("P0007")
    assert not night.prepare(authority).needs_consent
    sent = send(night.folder, night.receiver.environ, lambda: NIGHT, switched_on=True, wait=night.waited.append)
    assert sent.purged == 1


Damage = Callable[[Path], object]


@pytest.mark.parametrize(
    "damage", [lambda file: file.write_text("[]"), lambda file: file.unlink()], ids=["altered", "removed"]
)
def test_a_batch_that_is_not_as_prepared_is_not_sent(night: Night, damage: Damage) -> None:
    (file,) = night.prepare(of_children(1)).batches
    damage(file)
    with pytest.raises(DailyFlowError, match="Prepare again"):
        night.send()
    assert night.receiver.paths == []


def test_nothing_prepared_is_an_error_that_makes_no_folder(night: Night) -> None:
    with pytest.raises(DailyFlowError, match="Prepare first"):
        night.send()
    assert not night.folder.exists()


def test_only_one_run_at_a_time_has_the_state(night: Night) -> None:
    night.prepare(of_children(1))
    other = sqlite3.connect(night.folder / "state.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(DailyFlowError, match="any other run"):
            night.send()
    finally:
        other.close()
    assert night.send().accepted == 1


def test_a_damaged_state_is_not_begun_anew(night: Night) -> None:
    night.run(of_children(1))
    (night.folder / "state.sqlite").write_bytes(b"no database, whatever it was" * 50)
    with pytest.raises(DailyFlowError, match="damaged"):
        night.prepare(of_children(1))


def test_a_folder_of_other_files_is_left_alone(night: Night) -> None:
    night.folder.mkdir()
    (night.folder / "minutes.txt").write_text("Minutes")
    with pytest.raises(DailyFlowError, match="other files"):
        night.prepare(of_children(1))


def test_the_log_says_what_was_sent_when_and_what_changed(night: Night) -> None:
    authority = of_children(1)
    night.run(authority)
    authority.plans["NP0001"] = ("RP0001", "2025-09-01")
    authority.questionnaires["P0001"] = 12
    authority.referrals["R2"] = "P0001"
    night.run(authority, ["500"] * 3)
    authority.remove_referral("R2")
    night.run(authority)
    authority.remove_child("P0001")
    night.run(authority)
    plan = "social_care_episodes/RP0001/child_in_need_plans/NP0001"
    log = changes(night.folder).to_dicts()
    assert [(line["run"], line["event"]) for line in log] == [
        (1, "accepted"),
        (2, "failed"),
        (3, "accepted"),
        (4, "purged"),
    ]
    assert log[0]["added"] == ["child", "child_details", "social_care_episodes/RP0001", plan]
    assert log[1]["added"] == ["health_and_wellbeing", "social_care_episodes/R2"]
    assert log[1]["changed"] == [plan]
    assert log[1]["reason"] == "500: Not today"
    assert log[2]["gone"] == ["social_care_episodes/R2"]
    assert len(log[3]["gone"]) == 5
    assert {(line["child_id"], line["at"], line["as_at"]) for line in log} == {("P0001", NIGHT, AS_AT)}
    assert [len(line["hash"]) for line in log] == [64, 64, 64, len("purged")]


def test_batches_are_json_arrays_of_the_payloads(night: Night) -> None:
    authority = of_children(1)
    (file,) = night.prepare(authority).batches
    (body,) = json.loads(file.read_text(encoding="utf-8"))
    assert body["la_child_id"] == "P0001"


def test_a_failed_preparation_leaves_the_one_before(night: Night) -> None:
    (before,) = night.prepare(of_children(1)).batches
    blocked = night.folder / "batches-2"
    blocked.write_text("in the way")
    with pytest.raises(Exception, match="batches-2"):
        night.prepare(of_children(3))
    assert before.exists()
    assert night.send().accepted == 1
