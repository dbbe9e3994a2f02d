"""What each code of the code set `relationship` means to the drawing, and what it is called from the other side."""

from __future__ import annotations

PARENTS = ("mother", "father", "parent")
SIBLINGS = ("sibling", "half_sibling")
CARERS = ("foster_carer", "carer")
LOOSE = ("other_relative", "household_member", "other")
# Read in this order, so that what places people most surely comes first.
ORDER = (*PARENTS, "grandparent", *SIBLINGS, "step_parent", *CARERS, "aunt_uncle", *LOOSE)
BOTH_WAYS = (*SIBLINGS, *LOOSE)
GENERATIONS = {"grandparent": 2} | dict.fromkeys((*PARENTS, "step_parent", *CARERS, "aunt_uncle"), 1)

# The person as seen from the related one: a list heading in words.
HEADINGS = {
    "mother": "Mother",
    "father": "Father",
    "parent": "Parent",
    "step_parent": "Step-parents",
    "sibling": "Brothers and sisters",
    "half_sibling": "Half-brothers and half-sisters",
    "grandparent": "Grandparents",
    "aunt_uncle": "Aunts and uncles",
    "carer": "Carers",
    "foster_carer": "Foster carers",
    "other_relative": "Other relatives",
    "household_member": "Household",
    "other": "Other people",
}
OTHER_SIDE = {
    "mother": "Children",
    "father": "Children",
    "parent": "Children",
    "step_parent": "Step-children",
    "grandparent": "Grandchildren",
    "aunt_uncle": "Nephews and nieces",
    "carer": "Cares for",
    "foster_carer": "Fosters",
} | {kind: HEADINGS[kind] for kind in BOTH_WAYS}
