"""Each run of the record's checks, kept and compared: what is new, what was mended, what was explained."""

from goldenthread.quality.kept.compare import compared
from goldenthread.quality.kept.queries import answer, answers, marked, withdraw
from goldenthread.quality.kept.store import Run, keep, open_run, runs_kept

__all__ = ["Run", "answer", "answers", "compared", "keep", "marked", "open_run", "runs_kept", "withdraw"]
