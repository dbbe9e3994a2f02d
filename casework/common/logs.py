"""Logs hold nothing personal: what a request asked after and what a query was given are left out."""

from __future__ import annotations

import logging
import re

QUERY_TEXT = re.compile(r"\?[^\s\"']+")
DETAIL = re.compile(r"(DETAIL|CONTEXT|HINT):.*", re.S)


class NothingPersonal(logging.Formatter):
    """Cuts the query text off every address and the values off every database error."""

    def format(self, record: logging.LogRecord) -> str:
        """One line or traceback, cleaned."""
        return DETAIL.sub(r"\1: left out", QUERY_TEXT.sub("?…", super().format(record)))
