"""Every role: what it is, what it may do, and whose records it reaches. Permissions are words, listed here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """Whose records a role sees, apart from restricted ones. Each reaches what those before it reach."""

    NONE = "none"
    ALLOCATED = "allocated"
    TEAM = "team"
    SERVICE = "service"
    AUTHORITY = "authority"


PERMISSIONS: dict[str, str] = {
    "people.find": "search for people by name, number, birth date or postcode",
    "people.read": "open the record of a person within reach",
    "people.write": "add people and change their details, relationships and addresses",
    "people.merge": "merge two records of one person, and undo it",
    "notes.write": "write case notes and attach files",
    "early_help.write": "record early help",
    "contact.record": "record a contact",
    "contact.contribute": "add what their agency knows to a contact",
    "contact.triage": "see and work the triage board",
    "contact.decide": "decide what a contact becomes",
    "assessment.write": "write assessments",
    "assessment.authorise": "authorise assessments and set direction",
    "protection.write": "record strategy discussions and section 47 enquiries",
    "protection.authorise": "sign off section 47 enquiries and set direction",
    "conference.arrange": "arrange child protection conferences, and note reports as they arrive",
    "conference.chair": "record a child protection conference and its decisions",
    "meeting.write": "arrange and record core groups and child in need reviews",
    "meeting.authorise": "agree that a child in need plan ends after a review",
    "visit.write": "record visits to children",
    "missing.write": "record that a child is missing, what was done, and the talk when they are back",
    "exploitation.write": "judge the risk of exploitation, and record ties between children, referrals and meetings",
    "court.write": "record police protection and emergency orders",
    "court.watch": "see which police protection and emergency orders are in force",
    "fostering.write": "record private fostering arrangements, what the carer tells us, and how they end",
    "fostering.decide": "decide whether a private fostering arrangement is suitable",
    "fostering.watch": "see which children are privately fostered",
    "missing.watch": "see which children are missing now",
    "plans.write": "write child in need plans and child protection plans, and note how they go",
    "letters.write": "write letters, and record that they were sent",
    "letters.word": "word the templates of letters",
    "allocation.make": "allocate children to teams and workers",
    "allocation.override": "allocate against the authority's rules, with a reason that is reported",
    "work.own": "have a list of work",
    "work.team": "see a team's work",
    "reports.view": "see the board and the daily report",
    "reports.children": "open the children behind a figure",
    "accuracy.view": "see how accurate the record is, and how far each return is from being sent",
    "accuracy.answer": "say why something that a return's rules ask about is right",
    "returns.make": "make the returns and download them: each holds every child, those of restricted records too",
    "history.view": "see who looked at a record and what was changed",
    "errors.view": "read notes and files that are marked as recorded in error",
    "restrict.manage": "restrict a record, name who may see it, and lift the restriction",
    "break_glass": "open a record out of reach, with a reason that its owner is told",
    "accounts.manage": "make accounts and set roles",
}
"""Every permission, as the end of the sentence "may …"."""

_PRACTICE = ("people.find", "people.read", "people.write", "notes.write", "work.own", "contact.record", "break_glass",
             "history.view", "accuracy.answer", "letters.write", "missing.write", "visit.write")  # fmt: skip
_SOCIAL_WORK = (*_PRACTICE, "assessment.write", "protection.write", "court.write", "fostering.write",
                "exploitation.write", "meeting.write", "plans.write")  # fmt: skip
_MANAGE = (
    "people.merge",
    "contact.triage",
    "contact.decide",
    "assessment.write",
    "assessment.authorise",
    "protection.write",
    "protection.authorise",
    "conference.arrange",
    "meeting.write",
    "meeting.authorise",
    "plans.write",
    "early_help.write",
    "allocation.make",
    "missing.watch",
    "court.write",
    "court.watch",
    "fostering.write",
    "fostering.decide",
    "fostering.watch",
    "exploitation.write",
    "work.team",
    "reports.view",
    "reports.children",
    "accuracy.view",
    "history.view",
    "errors.view",
    "restrict.manage",
)
_OVERSEE = ("people.find", "people.read", "work.own", "work.team", "reports.view", "reports.children", "history.view",
            "errors.view", "accuracy.view", "missing.watch", "court.watch", "fostering.watch")  # fmt: skip


@dataclass(frozen=True)
class Role:
    """A role as the authority names it."""

    code: str
    title: str
    description: str
    reach: Reach
    permissions: frozenset[str]

    def may(self, permission: str) -> bool:
        """Whether the role holds the permission. KeyError for a word that is no permission."""
        PERMISSIONS[permission]
        return permission in self.permissions


def _role(code: str, title: str, description: str, reach: Reach, *permissions: str) -> Role:
    return Role(code, title, description, reach, frozenset(permissions))


_ALL = (
    _role("social_worker", "Social worker", "Holds cases, assesses, plans and visits.", Reach.SERVICE,
          *_SOCIAL_WORK, "early_help.write"),
    _role("newly_qualified", "Newly qualified social worker", "In the assessed and supported year.", Reach.SERVICE,
          *_SOCIAL_WORK),
    _role("cin_practitioner", "Child in need practitioner", "Works with children in need under a social worker.",
          Reach.TEAM, *_PRACTICE, "meeting.write", "plans.write"),
    _role("social_care_assistant", "Social care assistant", "Supports families alongside the worker.", Reach.TEAM,
          *_PRACTICE),
    _role("advanced_practitioner", "Advanced practitioner", "Holds complex cases and coaches others.", Reach.SERVICE,
          *_SOCIAL_WORK, "early_help.write", "work.team"),
    _role("practice_manager", "Practice manager", "Runs a team: allocates, supervises, authorises.", Reach.SERVICE,
          *_PRACTICE, *_MANAGE),
    _role("service_manager", "Service manager", "Runs several teams.", Reach.SERVICE,
          *_PRACTICE, *_MANAGE, "allocation.override"),
    _role("group_manager", "Group manager", "Runs a group of services.", Reach.AUTHORITY,
          *_PRACTICE, *_MANAGE, "allocation.override"),
    _role("head_of_service", "Head of service", "Answers for a whole service.", Reach.AUTHORITY,
          *_PRACTICE, *_MANAGE, "allocation.override"),
    _role("assistant_director", "Assistant director", "Answers for children's social care.", Reach.AUTHORITY,
          *_OVERSEE, "break_glass", "restrict.manage", "allocation.override", "returns.make"),
    _role("director", "Director", "The statutory director of children's services.", Reach.AUTHORITY,
          *_OVERSEE, "break_glass", "restrict.manage", "returns.make"),
    _role("reviewing_officer", "Independent reviewing officer", "Reviews children's plans and challenges drift.",
          Reach.AUTHORITY, *_OVERSEE, "notes.write", "letters.write", "break_glass", "conference.arrange",
          "conference.chair", "meeting.write"),
    _role("conference_chair", "Conference chair", "Chairs child protection conferences.", Reach.AUTHORITY,
          *_OVERSEE, "notes.write", "letters.write", "break_glass", "conference.arrange", "conference.chair"),
    _role("principal_social_worker", "Principal social worker", "Leads practice, and audits it.", Reach.AUTHORITY,
          *_OVERSEE, "notes.write", "letters.write", "break_glass"),
    _role("business_support", "Business support", "Keeps records, invitations and minutes in order.", Reach.SERVICE,
          "people.find", "people.read", "people.write", "contact.record", "work.own", "conference.arrange",
          "meeting.write", "accuracy.answer", "letters.write"),
    _role("front_door_officer", "Front-door officer", "Takes contacts, gathers what partners know and advises.",
          Reach.AUTHORITY, *_PRACTICE, "contact.triage", "missing.watch", "court.write", "court.watch",
          "fostering.write", "fostering.watch"),
    _role("early_help_worker", "Early help worker", "Works with families below the threshold of social care.",
          Reach.TEAM, *_PRACTICE, "early_help.write"),
    _role("partner", "Partner at the front door", "From another agency: adds what it knows when it is asked.",
          Reach.NONE, "contact.contribute"),
    _role("analyst", "Analyst", "Makes the board, the reports and the returns.", Reach.NONE, "reports.view",
          "accuracy.view", "returns.make"),
    _role("administrator", "Administrator", "Makes accounts. Sees no child's record.", Reach.NONE, "accounts.manage",
          "letters.word"),
)  # fmt: skip

ROLES: dict[str, Role] = {role.code: role for role in _ALL}
"""Every role by its code, which is what an account stores."""

NOBODY = Role("", "No role", "May do nothing.", Reach.NONE, frozenset())


def role_of(user: object) -> Role:
    """The role of an account; one that may do nothing for a visitor or a code that is no longer a role."""
    return ROLES.get(getattr(user, "role", ""), NOBODY)
