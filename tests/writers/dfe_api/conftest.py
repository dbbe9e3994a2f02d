"""A service to send to, and an authority with a record to send."""

from collections.abc import Iterator

import pytest

from tests.writers.dfe_api.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as at_work:
        yield at_work
