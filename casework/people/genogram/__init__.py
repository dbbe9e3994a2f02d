"""A family as a genogram: a drawing in SVG, and the same in words. From plain values; no database and no web."""

from casework.people.genogram.drawing import genogram
from casework.people.genogram.model import Family, Genogram, Household, Person, Relationship, Stay
from casework.people.genogram.outline import Entry, Relation, in_words, outline

__all__ = [
    "Entry",
    "Family",
    "Genogram",
    "Household",
    "Person",
    "Relation",
    "Relationship",
    "Stay",
    "genogram",
    "in_words",
    "outline",
]
