"""What gunicorn serves. Loaded once, before its workers part (`--preload`): what each of them needs is made here."""

import gc
import os
from threading import Thread

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.config.settings")
application = get_wsgi_application()

from casework.chronology.events import make_ready  # noqa: E402  (needs the applications)
from casework.common.clock import today  # noqa: E402
from casework.deadlines.working_out import build_beside, the_book  # noqa: E402
from goldenthread.timeliness.plan import plan  # noqa: E402

_ready = (get_resolver().url_patterns, plan(the_book()))
"""Every page's code, and the statute book's plan: the first to open a page or to save would wait a second for them."""


def begin() -> None:
    """What each worker does once it has parted from the others: threads do not come over."""
    build_beside(today())
    Thread(target=make_ready, name="chronology", daemon=True).start()


# What is there now stays for as long as the process: it is not looked through for rubbish again, at the cost of a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 100)
