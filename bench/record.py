"""How long the record's pages take while a team works, beside a bare page of the same framework in the same run.

    .venv/bin/python bench/record.py [--people 500000] [--rate 30] [--seconds 60] [--var var/bench] [--saves 20]

The demonstration authority is loaded and multiplied (`multiply.py`) until it has so many people; PostgreSQL, the web
application as `bin/serve` starts it, and this program share the machine. Requests come when they come, whether or not
the last ones are answered (open arrivals, at random moments), from signed-in accounts that each have a caseload:

    a child's record 40 (its first page 28, chronology, plans and visits 4 each), search 20, my work 20, triage board 9,
    team page 9, children who are missing 2 of each hundred

The first making takes some minutes and is kept in `--var` for the next run. Times are in milliseconds from the moment
that a request was due to the end of its answer; what fails is counted as a failure. `--saves` measures sending forms
after which every clock of the children is worked out again: a contact, the decision on it (a referral opens, its team
is given), a visit to a child and those brothers and sisters who are seen too, and a first conference of two of a
family: that it was held, and the decision on each, with which a plan begins. The first `WARMING` of each are sent
before any is counted, and pages for `WARMED_FOR` seconds: in the morning each process builds its plans for the clocks
of the day, and puts its questions together.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote

PROJECT = Path(__file__).parents[1]
sys.path.insert(0, str(PROJECT))

from conferences import save_conferences  # noqa: E402
from multiply import multiply  # noqa: E402

from casework.database.embedded import Server, free_port, start, stop  # noqa: E402
from tests.casework.bad_days.browser import Browser, Gone  # noqa: E402

PASSWORD = "a password for the bench"
MIX = {
    "child": 28, "chronology": 4, "plans": 4, "visits": 4, "search": 20, "my work": 20, "triage board": 9, "team": 9,
    "missing now": 2,
}  # fmt: skip
OF_A_CHILD = {"child": "", "chronology": "/chronology", "plans": "/plans", "visits": "/visits"}
THREADS = 48
ACCOUNTS = 24
WARMING = 45
WARMED_FOR = 10


@dataclass(frozen=True)
class Worker:
    """A signed-in account: its browser, the records it may open, its team's page, whether it manages."""

    browser: Browser
    people: list[str]
    team: str
    manages: bool


def main() -> None:
    """Make what is not there, serve, measure, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=500_000)
    asked.add_argument("--rate", type=float, default=30)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--saves", type=int, default=20)
    asked.add_argument("--var", type=Path, default=PROJECT / "var" / "bench")
    wanted = asked.parse_args()
    wanted.var.mkdir(parents=True, exist_ok=True)
    server = start(wanted.var)
    environ = os.environ | {
        "GOLDEN_THREAD_VAR": str(wanted.var.resolve()), "GOLDEN_THREAD_HTTP": "1", "DATABASE_URL": server.url(),
        "GOLDEN_THREAD_SECOND_FACTOR": "optional", "GOLDEN_THREAD_DEMO_PASSWORD": PASSWORD,
        "DATABASE_OWNER_URL": server.owner_url(),
    }  # fmt: skip
    try:
        make(server, wanted.people, environ)
        measure(server, environ, wanted)
    finally:
        stop(wanted.var)


def make(server: Server, people: int, environ: dict[str, str]) -> None:
    """Load the demonstration authority and multiply it, where the record has fewer people."""
    manage = [sys.executable, str(PROJECT / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True, env=environ)
    if _number(server, "SELECT count(*) FROM people_person") == 0:
        subprocess.run(
            [*manage, "load_demonstration", "--faults", "0"], check=True, env=environ, stdout=subprocess.DEVNULL
        )
    there = _number(server, "SELECT count(*) FROM people_person")
    if there < people * 0.95:
        multiply(server, "casework", round(people / there))
        # Everybody who holds a case may sign in here, not only one of each role.
    director = "(SELECT password FROM accounts_user WHERE role = 'director')"
    everybody = f"UPDATE accounts_user SET password = {director} WHERE password LIKE '!%';"
    server.superuser_sql(everybody, "casework")


def measure(server: Server, environ: dict[str, str], wanted: argparse.Namespace) -> None:
    """The bare page, then the record's pages, then saving."""
    print(f"{_number(server, 'SELECT count(*) FROM people_person'):,} people, "
          f"{_number(server, 'SELECT count(*) FROM deadlines_obligation'):,} clocks; "
          f"{wanted.rate:g} requests a second; load of the machine before: {os.getloadavg()[0]:.1f}")  # fmt: skip
    print(f"{'':<16}{'requests':>9}{'failed':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'most':>8}")
    words = [str(PROJECT / ".venv/bin/gunicorn"), "bench.bare", "--config", str(PROJECT / "casework/config/serving.py")]
    with served([*words, "--bind", "127.0.0.1:{port}"], "/bare", environ) as site:
        browser = Browser(site)
        bare = arrive(lambda: ("bare page", browser, "/bare"), wanted.rate, min(wanted.seconds, 20))
    with served([str(PROJECT / "bin/serve"), "{port}"], "/account/login/", environ) as site:
        workers = sign_in(site, server)
        names = _rows(server, "SELECT split_part(forename, ' ', 1) || ' ' || surname FROM people_person "
                              "TABLESAMPLE SYSTEM (0.2) WHERE surname <> '' LIMIT 300")  # fmt: skip
        for worker in workers:  # Each process has served each page once before it is measured.
            worker.browser.get("/")
        arrive(lambda: chosen(workers, names), wanted.rate, WARMED_FOR, counted=False)
        pages = arrive(lambda: chosen(workers, names), wanted.rate, wanted.seconds)
        print(f"half of the pages took {pages / bare:.0f} times as long as half of the bare ones, or less")
        if wanted.saves:
            save(site, server, wanted.saves)
            save_visits([one for one in workers if not one.manages], wanted.saves)
            save_the_conferences(site, server, wanted.saves)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


def chosen(workers: list[Worker], names: list[str]) -> tuple[str, Browser, str]:
    """One request of the mix: what it is counted as, whose it is, and its address."""
    page = random.choices(list(MIX), list(MIX.values()))[0]
    holders, managers = [one for one in workers if one.people], [one for one in workers if one.manages]
    able = dict.fromkeys(OF_A_CHILD, holders) | dict.fromkeys(("triage board", "team", "missing now"), managers)
    worker = random.choice(able.get(page, workers))
    match page:
        case "child" | "chronology" | "plans" | "visits":
            address = f"/people/{random.choice(worker.people)}{OF_A_CHILD[page]}"
        case "search":
            address = f"/people/find?q={quote(as_typed(random.choice(names)))}"
        case "my work":
            address = "/"
        case "triage board":
            address = "/contacts"
        case "missing now":
            address = "/missing"
        case _:
            address = worker.team
    return page, worker.browser, address


def as_typed(name: str) -> str:
    """A name as somebody in a hurry types it: whole, its beginning, surname alone, or with a slip."""
    first, _, last = name.partition(" ")
    slip = random.randrange(1, max(2, len(last)))
    return random.choice(
        [name, f"{last} {first[:1]}", f"{first[:3]} {last}", last, f"{first} {last[:slip]}{last[slip + 1 :]}"]
    )


def arrive(
    request: Callable[[], tuple[str, Browser, str]], rate: float, seconds: int, *, counted: bool = True
) -> float:
    """Send requests at random moments, so many a second, and print how long each kind took; the median of them all."""
    took: dict[str, list[float]] = defaultdict(list)
    failed: dict[str, int] = defaultdict(int)

    def one(page: str, browser: Browser, address: str, due: float) -> None:
        try:
            fine = browser.get(address).status == 200
        except Gone:
            fine = False
        took[page].append(time.perf_counter() - due)
        failed[page] += not fine

    with ThreadPoolExecutor(THREADS) as pool:
        due = time.perf_counter()
        end = due + seconds
        while due < end:
            due += random.expovariate(rate)
            time.sleep(max(0.0, due - time.perf_counter()))
            pool.submit(one, *request(), due)
    if not counted:
        return 0
    for page in sorted(took, key=lambda page: list(MIX).index(page) if page in MIX else -1):
        line(page, took[page], failed[page])
    everything = [each for times in took.values() for each in times]
    if len(took) > 1:
        line("all", everything, sum(failed.values()))
    return median(everything)


def line(page: str, times: list[float], failed: int) -> None:
    """One line of the table."""
    if not times:
        print(f"{page:<16}{0:>9}{failed:>8}", flush=True)
        return
    ranked = sorted(times)
    at = [ranked[min(len(ranked) - 1, int(len(ranked) * share))] * 1000 for share in (0.5, 0.95, 0.99, 1)]
    print(f"{page:<16}{len(ranked):>9}{failed:>8}" + "".join(f"{each:>8.0f}" for each in at), flush=True)


def sign_in(site: str, server: Server) -> list[Worker]:
    """Accounts of those who hold children, and of who works the triage board."""
    holders = _rows(server, """
        SELECT u.email || '|' || w.id || '|' || w.team_id || '|' || u.role FROM accounts_user u
        JOIN accounts_worker w ON w.id = u.worker_id
        WHERE u.role IN ('social_worker', 'practice_manager', 'service_manager')
          AND (u.role <> 'social_worker' OR (SELECT count(*) FROM allocation_allocation a
                                             WHERE a.worker_id = w.id AND a.ended_on IS NULL) > 4)
        ORDER BY u.role, u.id""")  # fmt: skip
    random.shuffle(holders)
    workers = [each for each in holders if each.endswith("social_worker")]
    managers = [each for each in holders if each not in workers]
    return [_signed_in(site, server, each) for each in (managers[:6] + workers)[:ACCOUNTS]]


def _signed_in(site: str, server: Server, holder: str) -> Worker:
    email, key, team, role = holder.split("|")
    browser = Browser(site)
    answer = browser.sign_in(email, PASSWORD)
    assert answer.status == 302, f"{email} could not sign in: {answer.status}"
    whose = f"worker_id = {key}" if role == "social_worker" else "true"
    people = _rows(server, "SELECT p.reference FROM allocation_allocation a JOIN people_person p ON p.id = a.person_id "
                           f"WHERE a.ended_on IS NULL AND {whose} AND a.id < 100000000 AND "
                           f"a.service = (SELECT service FROM accounts_worker WHERE id = {key}) LIMIT 200")  # fmt: skip
    return Worker(browser, people, f"/teams/{team}", role != "social_worker")


def save(site: str, server: Server, times: int) -> None:
    """Decide so many contacts, one after another, and print how long the sending of each decision took."""
    [email] = _rows(server, "SELECT email FROM accounts_user WHERE role = 'group_manager' LIMIT 1")
    browser = Browser(site)
    browser.sign_in(email, PASSWORD)
    children = _rows(
        server,
        f"""
        SELECT p.reference FROM people_person p TABLESAMPLE SYSTEM (5) JOIN deadlines_obligation d ON d.person_id = p.id
        WHERE p.is_child AND NOT EXISTS (SELECT FROM front_door_referral r WHERE r.person_id = p.id
                                         AND r.closed_on IS NULL)
        GROUP BY p.reference, p.id HAVING count(*) > 10 ORDER BY random() LIMIT {times + WARMING}""",
    )
    took, failed, recording = [], 0, []
    for child in children:
        page = browser.get(f"/people/{child}/contact").form()
        begun = time.perf_counter()
        made = browser.send(page.filled(source="6", concern="Shouting heard.", urgency="today", out_of_hours="no",
                                        children="0", adults="0", agency="Amberford Police"))  # fmt: skip
        recording.append(time.perf_counter() - begun)
        if made.status != 302:
            failed += 1
            continue
        form = browser.get(f"{made.goes_to.rstrip('/')}/decide").form()
        form = form.filled(level_of_need="4", outcome="referral", primary_need="N1", reason="Weighed together.")
        begun = time.perf_counter()
        failed += browser.send(form).status != 302
        took.append(time.perf_counter() - begun)
    line("saving: contact", recording[WARMING:], 0)
    line("saving: decide", took[WARMING:], failed)


def save_visits(workers: list[Worker], times: int) -> None:
    """Record so many visits, one after another: every child that the page offers was seen, each with words of its own.
    Print how long the sending of each took."""
    visited = [(one.browser, child) for one in workers for child in one.people]
    took, failed = [], 0
    for browser, child in random.sample(visited, min(times + WARMING, len(visited))):
        page = browser.get(f"/people/{child}/visits/add")
        asked = set(re.findall(r'name="((?:seen|what_i_saw)_\d+)"', page.text))
        answers = {name: "yes" if name.startswith("seen") else "Well, and playing." for name in asked}
        form = page.form().filled(**answers, also=re.findall(r'name="also"[^>]* value="(\d+)"', page.text))
        begun = time.perf_counter()
        failed += browser.send(form).status != 302
        took.append(time.perf_counter() - begun)
    line("saving: visit", took[WARMING:], failed)


def save_the_conferences(site: str, server: Server, times: int) -> None:
    """Hold conferences and decide on plans, as the chair does, and print how long the sending of each took."""
    [email] = _rows(server, "SELECT email FROM accounts_user WHERE role = 'conference_chair' LIMIT 1")
    browser = Browser(site)
    browser.sign_in(email, PASSWORD)
    took = save_conferences(browser, lambda query: _rows(server, query), times + WARMING)
    line("saving: held", took.holding[WARMING:], 0)
    line("saving: plan", took.deciding[WARMING:], took.failed)


@contextmanager
def served(words: list[str], page: str, environ: dict[str, str]) -> Iterator[str]:
    """A web application at an address of its own, inside."""
    port = free_port()
    running = subprocess.Popen(
        [word.format(port=port) for word in words], cwd=PROJECT, env=environ, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    site = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 300
        while True:
            try:
                if Browser(site).get(page).status == 200:
                    break
            except Gone:
                pass
            assert running.poll() is None and time.monotonic() < until, f"{words[0]} did not start"
            time.sleep(0.2)
        yield site
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _rows(server: Server, query: str) -> list[str]:
    return server.superuser_sql(f"{query};", "casework").strip().splitlines()


def _number(server: Server, query: str) -> int:
    return int(_rows(server, query)[0])


if __name__ == "__main__":
    main()
