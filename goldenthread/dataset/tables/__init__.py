"""Every table of the journey, by stage. To add a table, add it to `TABLES` of its stage's module."""

from collections.abc import Mapping

from goldenthread.dataset.schema import Table
from goldenthread.dataset.tables import (
    adoption,
    assessment,
    care_planning,
    child_in_need,
    child_protection,
    court,
    early_help,
    front_door,
    leaving_care,
    looked_after,
    people,
    voice,
    wellbeing,
    workforce,
)

STAGES = (
    people,
    early_help,
    front_door,
    assessment,
    child_protection,
    child_in_need,
    court,
    looked_after,
    care_planning,
    wellbeing,
    adoption,
    leaving_care,
    voice,
    workforce,
)

TABLES: Mapping[str, Table] = {table.name: table for stage in STAGES for table in stage.TABLES}
"""Every table by name, in the order of the journey."""
