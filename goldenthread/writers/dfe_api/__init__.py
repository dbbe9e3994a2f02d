"""The DfE's pilot daily flow: each child's record as a payload, what changed since it was last sent, and sending that.

`build` gives the payloads; `prepare` compares them with the kept state and writes the batches; `send`, switched off
unless asked for, brings the DfE up to date with them; `changes` and `standings` say what was sent and how each child
stands. The DfE's own specification is behind its portal and was not seen: the shape and the behaviour are those of the
sector's public sender (Data to Insight, dfe-csc-api-data-flows, release 0.4.0), without the faults found in it.
"""

from goldenthread.writers.dfe_api.build import Payloads, build
from goldenthread.writers.dfe_api.jobs import Kind
from goldenthread.writers.dfe_api.ledger import DailyFlowError
from goldenthread.writers.dfe_api.prepare import Prepared, prepare, prepare_payloads
from goldenthread.writers.dfe_api.report import changes, standings
from goldenthread.writers.dfe_api.run import Sent
from goldenthread.writers.dfe_api.send import send

__all__ = [
    "DailyFlowError",
    "Kind",
    "Payloads",
    "Prepared",
    "Sent",
    "build",
    "changes",
    "prepare",
    "prepare_payloads",
    "send",
    "standings",
]
