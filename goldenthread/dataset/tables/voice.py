"""The child's voice: that a child's own words were written down, and that it was said what changed because of them."""

from goldenthread.dataset.schema import Table, child, code, day, key, link, recorded

WORDS = Table(
    "words",
    "voice",
    "Times that a child's own words were written down. The words stay in the record: counting needs none of them.",
    key=("words_id",),
    columns=(
        key("words_id", "Identifier of the words"),
        child(),
        day("said_on", "Date the child said or showed it", required=True),
        code("occasion", "voice_occasion", "Where it was said"),
        code("how", "voice_means", "How the child gave it"),
        link("heard_by", "workers.worker_id", "Worker who heard it, empty where somebody else did"),
        day(
            "answered_on",
            "Date it was written down what changed because of it, or why nothing could",
            known="answered_recorded_at",
        ),
        *recorded("answered_recorded_at"),
    ),
    order=(("said_on", "answered_on"),),
)

TABLES = (WORDS,)
