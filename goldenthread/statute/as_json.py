"""The statute book as plain values, for `--format json` and for whoever reads the law by machine."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from goldenthread.statute.book import Difference, StatuteBook
from goldenthread.statute.model import LocalStandard, Rule


def rule_as_dict(book: StatuteBook, rule: Rule, on: date | None) -> dict[str, object]:
    """Every field of a rule, its standing on a day if one is given, and the local standards on it."""
    fields = asdict(rule)
    del fields["where"]
    return {
        **fields,
        "applies_when": [{each.name: each.value for each in conditions} for conditions in rule.applies_when],
        "effective_from": rule.effective_from.text if rule.effective_from else None,
        "effective_to": rule.effective_to.text if rule.effective_to else None,
        "editions": [
            {"name": each.name, "start": each.start.text if each.start else None, "text_seen": each.text_seen}
            for each in rule.editions
        ],
        "layer": rule.layer,
        "status": rule.status(on) if on else None,
        "local_standards": [_standard(standard) for standard in book.standards_for(rule, on)],
    }


def _standard(standard: LocalStandard) -> dict[str, object]:
    return {
        "local_authority": standard.local_authority,
        "label": standard.label,
        "limit": asdict(standard.limit) if standard.limit else None,
        "note": standard.note,
        "sources": [asdict(source) for source in standard.sources],
    }


def difference_as_dict(difference: Difference) -> dict[str, object]:
    """A diff as rule ids."""
    return {
        "before": difference.before.isoformat(),
        "after": difference.after.isoformat(),
        "started": [rule.id for rule in difference.started],
        "ended": [rule.id for rule in difference.ended],
        "replaced": [{"before": old.id, "after": new.id} for old, new in difference.replaced],
        "standards_started": [standard.rule for standard in difference.standards_started],
        "standards_ended": [standard.rule for standard in difference.standards_ended],
    }
