"""The tools whose results an assessment holds: their areas and grades."""

from __future__ import annotations

from dataclasses import dataclass

from casework.assessment.models import ToolResult


@dataclass(frozen=True)
class Scale:
    """A tool's areas, and its grades from best to worst."""

    areas: tuple[str, ...]
    grades: tuple[tuple[str, str], ...]


SCALES = {
    ToolResult.Tool.GRADED_CARE_PROFILE: Scale(
        ("Physical care", "Safety", "Love", "Esteem"),
        (("1", "1: the child's needs come first"), ("2", "2: mostly met"), ("3", "3: met some of the time"),
         ("4", "4: mostly not met"), ("5", "5: not met")),
    ),
    ToolResult.Tool.CAPACITY_TO_CHANGE: Scale(
        ("Understands the worry", "Wants to change", "Is able to change", "Has changed and kept it up"),
        (("yes", "Yes"), ("partly", "In part"), ("no", "No"), ("unclear", "Not clear yet")),
    ),
}  # fmt: skip


def grade_in_words(tool: str, grade: str) -> str:
    """A grade as its scale says it; itself where the scale has none such."""
    scale = next((scale for one, scale in SCALES.items() if one == tool), None)
    return dict(scale.grades).get(grade, grade) if scale else grade
