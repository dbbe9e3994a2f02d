"""What every table about looked-after children needs: whose row it is, and who recorded it."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.dataset.synthetic.care import CarePeriods
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import Whole
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """The looked-after children of a district, with the means to tabulate what happens to them."""

    tabulator: Tabulator
    history: History
    desk: Desk
    care: CarePeriods

    def child(self, period: Whole) -> Chosen:
        """The child of each period."""
        return self.history.children.named(self.care.child[period])

    def by(self, period: Whole, day: Whole) -> Chosen:
        """The worker who held each case on each day."""
        return self.desk.worker(self.care.case[period], day)
