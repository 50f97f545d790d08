"""Judgements of analysts, from what is typed to a row of the ledger, and the log that tells of them."""

from dateline.judging.corrections import assignment
from dateline.judging.judge import Judged, Judging
from dateline.judging.log import LogLine, about, log, log_page, log_record
from dateline.judging.review import Review, review, reviewed

__all__ = [
    "Judged",
    "Judging",
    "LogLine",
    "Review",
    "about",
    "assignment",
    "log",
    "log_page",
    "log_record",
    "review",
    "reviewed",
]
