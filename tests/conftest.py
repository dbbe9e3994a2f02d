"""What holds for all tests."""

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A busy machine is no fault of the code: no example fails for having taken long.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everything",
        action="store_true",
        help="on Spark every rule and figure, not one of each kind; every page as each role",
    )


@pytest.fixture(scope="session")
def everything(pytestconfig: pytest.Config) -> bool:
    """Whether to take every rule and figure to Spark, which makes each plan ready for a second: a few minutes. And
    whether to open every page as each role, also where another role that answers all it asks alike has opened it."""
    return bool(pytestconfig.getoption("everything"))


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One Chromium for the process: to start it takes as long as to open a dozen pages."""
    from tests.pages import started  # which is left out where there is no Playwright

    with started() as opened:
        yield opened


def pytest_collection_finish() -> None:
    """What is there now stays to the end: it is not looked through for rubbish with each few thousand objects made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(wrapper=True, tryfirst=True)  # xdist reads the groups in the same hook, and pytest-django sorts
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """All tests on Spark run in one process: each would start a Java machine of its own. So do the tests of a module
    that share a browser, a server or anything else made for the module: three processes would each make it. What takes
    long begins first, by itself, so that nothing long is left alone at the end: of that, what needs no database, so
    that not every process waits while one of them makes it.
    """
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.xdist_group("spark"))
            item.add_marker(pytest.mark.long)
        elif shares_its_module(item) and not (
            item.get_closest_marker("long") or item.get_closest_marker("xdist_group")
        ):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    yield
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, "casework" in item.path.parts))


def shares_its_module(item: pytest.Item) -> bool:
    """Whether the test uses a fixture that is made once for its module."""
    info = getattr(item, "_fixtureinfo", None)  # pytest tells it nowhere else before the test runs
    return info is not None and any(made[-1].scope == "module" for made in info.name2fixturedefs.values())
