"""What an indicator is, for documents that say it beside its figures."""

from __future__ import annotations

from goldenthread.indicators.model import Indicator


def definition(indicator: Indicator) -> dict[str, object]:
    """What the indicator is, as plain values."""
    return {
        "indicator": indicator.key,
        "published": indicator.published or None,
        "section": indicator.section,
        "title": indicator.title,
        "question": indicator.question,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "exclusions": indicator.exclusions,
        "missing": indicator.missing,
        "unit": indicator.unit.value,
        "basis": indicator.basis.value,
        "places": indicator.places,
        "rounding": "half up",
        "source": indicator.source,
        "national_definition": indicator.national_definition,
        "rules": list(indicator.rules),
        "needs": list(indicator.needs),
    }
