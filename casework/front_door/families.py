"""Whether the people whom a contact names may be one family, and who of them is said to be mother or father."""

from __future__ import annotations

import re

from casework.front_door.models import Contact

_WORDS = {
    "mother": ("mother", "mum", "mummy", "mam", "birth mother"),
    "father": ("father", "dad", "daddy", "birth father"),
    "parent": ("parent",),
}


def parent_said(part: str) -> str:
    """mother, father or parent, where that is all that was said of them; empty for "mother's partner" and all else."""
    words = re.sub(r"^(the )?((children|their|his|her)(’s|'s)? )?", "", " ".join(part.lower().split()))
    return next((code for code, said in _WORDS.items() if words.strip(" .") in said), "")


def seems_one_family(contact: Contact) -> bool | None:
    """Whether one family name was said of its children; None for one child and no parent: then it is not asked."""
    named = [one for one in contact.named.all() if not one.set_aside_reason]
    children = [one for one in named if one.is_child]
    parents = [one for one in named if not one.is_child and parent_said(one.part)]
    if len(children) + bool(parents) < 2 or not children:
        return None
    return len({one.surname.strip().lower() for one in children} - {""}) == 1
