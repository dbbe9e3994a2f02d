"""The places that the navigation of every page leads to, and who sees each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A link of the navigation: `view` is the name of the page."""

    title: str
    view: str
    permissions: tuple[str, ...]


PLACES: tuple[Place, ...] = (
    Place("My work", "my_work", ("work.own",)),
    Place("Front door", "triage_board", ("contact.triage", "contact.decide")),
    Place("Record a contact", "record_contact", ("contact.record",)),
    Place("Unfinished", "unfinished", ("work.own",)),
    Place("Questions for us", "questions", ("contact.contribute",)),
    Place("Teams", "teams", ("work.team",)),
    Place("Early help", "early_help_families", ("early_help.write", "contact.triage")),
    Place("Conferences", "conferences", ("conference.arrange", "conference.chair")),
    Place("Emergency powers", "emergency_now", ("court.watch",)),
    Place("Missing", "missing_now", ("missing.watch",)),
    Place("Private fostering", "privately_fostered", ("fostering.watch",)),
    Place("Places and groups", "links", ("exploitation.write",)),
    Place("What is late", "timeliness", ("reports.view",)),
    Place("Board", "board", ("reports.view",)),
    Place("Accuracy", "accuracy", ("accuracy.view",)),
    Place("Returns", "returns", ("returns.make",)),
    Place("Letter templates", "letter_templates", ("letters.word",)),
    Place("Accounts", "accounts", ("accounts.manage",)),
)
