"""What the history calls the tables and columns of the record: the words of the pages, where a column's own are not."""

from __future__ import annotations

from collections.abc import Mapping

ROWS: Mapping[str, str] = {
    "access.BreakGlass": "a record opened with a reason",
    "accuracy.Answer": "answer to what a return's rules ask",
    "child_protection.ChildAtConference": "child protection conference",
    "child_protection.DiscussedChild": "strategy discussion",
    "child_protection.Section47Enquiry": "section 47 enquiry",
    "chronology.Entry": "line of the chronology",
    "chronology.Remark": "why a line of the chronology matters",
    "early_help.AssessedChild": "early help for the family",
    "exploitation.ChildAtMeeting": "exploitation meeting",
    "exploitation.LinkedChild": "tie to a place or group",
    "exploitation.NationalReferral": "referral to the National Referral Mechanism",
    "exploitation.RiskAssessment": "risk of exploitation",
    "front_door.AskedAbout": "question to another agency",
    "front_door.ContactChild": "contact",
    "front_door.Named": "match with somebody named in a contact",
    "letters.Copy": "copy of a letter",
    "meetings.ChildAtMeeting": "meeting",
    "notes.Addition": "addition to a case note",
    "notes.Part": "case note",
    "people.Identifier": "number from another agency",
    "people.Person": "the person's details",
    "people.Professional": "professional who works with the family",
    "planning.Need": "need in the plan",
    "planning.PlanVersion": "version of the plan",
    "private_fostering.Arrangement": "private fostering",
    "tasks.SignOff": "request for a manager's agreement",
    "visits.ChildVisited": "visit",
    "voice.CameOf": "what came of the child's words",
    "voice.HeardBefore": "the child's words, from the earlier system",
    "voice.Said": "the child's words",
}
"""What a row is, by its model, where the model's name is not what a worker calls it."""

COLUMNS: Mapping[str, str] = {
    "person_id": "Whose",
    "born_on": "Date of birth",
    "birth_date_estimated": "Date of birth is an estimate",
    "expected_on": "Birth expected",
    "died_on": "Date of death",
    "started_on": "From",
    "ended_on": "Until",
    "started_at": "From",
    "ended_at": "Until",
    "valid_from": "From",
    "valid_to": "Until",
    "is_child": "Is a child, for the record",
    "is_mother": "Is a mother",
    "upn": "Unique pupil number",
    "former_upn": "Former unique pupil number",
    "unaccompanied": "Came alone, seeking asylum",
    "communication_needs": "What helps them to communicate",
    "lines": "Address",
    "in_error_at": "Marked as recorded in error",
    "in_error_by_id": "Marked as in error by",
    "in_error_reason": "Why it is in error",
    "in_error_asked_by": "Who asked that it be marked",
    "told_to_person": "The person knows of it",
    "review_on": "To be looked at again",
    "owner_told_id": "Owner who was told",
    "childs_words": "The child's words",
    "childs_views": "The child's views",
    "childs_view": "The child's view",
    "parents_views": "The parents' views",
    "planned_at": "Planned for",
    "written": "Is written up",
    "merged_into_id": "Became part of the record of",
    "taken_by_id": "Taken by",
    "related_id": "Related to",
    "due_on": "To be done by",
    "no_fixed_address": "Without a fixed address",
    "told_of": "About",
    "answers": "What was written",
}
"""What a column is called, where its own name does not say it."""

FOR_COMPUTERS = frozenset(
    {
        "accuracy.Answer.checked_as", "accuracy.Answer.facts", "accuracy.Answer.record_id",
        "chronology.Remark.row", "chronology.Remark.table",
        "documents.Document.attached_to",
        "letters.Letter.about", "letters.Letter.kind", "letters.Letter.text", "letters.Letter.wording",
        "tasks.SignOff.address", "tasks.SignOff.row",
        "voice.CameOf.row",
    }
)  # fmt: skip
"""Columns that tell a reader nothing: keys, addresses, a template before it is filled."""
