"""dateline reads news reports and keeps a sourced ledger of who has forces where, and who says so.

`read` reads one report; a `Ledger` keeps many and answers from their claims. Nothing heavy is imported
before it is used.

>>> import dateline
>>> report = dateline.read("About 400 Russian soldiers are in Mali.", published="2022-01-08")
>>> report.document.published
'2022-01-08'
>>> with dateline.Ledger(":memory:") as ledger:
...     ledger.documents().to_dicts()
[]
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.ledger import Ledger as Ledger
    from dateline.lexicon.sites import SitesError as SitesError
    from dateline.lexicon.sites import use_sites as use_sites
    from dateline.model import Actor as Actor
    from dateline.model import Attribution as Attribution
    from dateline.model import Claim as Claim
    from dateline.model import Document as Document
    from dateline.model import Event as Event
    from dateline.model import Evidence as Evidence
    from dateline.model import Issue as Issue
    from dateline.model import Kind as Kind
    from dateline.model import Place as Place
    from dateline.model import Presence as Presence
    from dateline.model import Quantity as Quantity
    from dateline.model import Stance as Stance
    from dateline.model import TimeRange as TimeRange
    from dateline.reading import read as read
    from dateline.results import ReadReport as ReadReport
    from dateline.results import Rows as Rows
    from dateline.results import Summary as Summary
    from dateline.store.errors import LedgerError as LedgerError
    from dateline.store.errors import MissingLedgerError as MissingLedgerError
    from dateline.store.errors import UnknownIdError as UnknownIdError

_MODEL = "Actor Attribution Claim Document Event Evidence Issue Kind Place Presence Quantity Stance TimeRange"
_WHERE = {
    "Ledger": "dateline.ledger",
    "read": "dateline.reading",
    **dict.fromkeys(("SitesError", "use_sites"), "dateline.lexicon.sites"),
    **dict.fromkeys(_MODEL.split(), "dateline.model"),
    **dict.fromkeys(("ReadReport", "Rows", "Summary"), "dateline.results"),
    **dict.fromkeys(("LedgerError", "MissingLedgerError", "UnknownIdError"), "dateline.store.errors"),
}

__all__ = [  # noqa: PLE0604
    "__version__",
    *_WHERE,
]


def __getattr__(name: str) -> Any:
    """A public name, its module imported when it is first asked for."""
    if name == "__version__":
        return _version()
    if name not in _WHERE:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


@cache
def _version() -> str:
    """The installed version; that of a checkout on the path alone is unknown."""
    try:
        return version("dateline")
    except PackageNotFoundError:
        return "0+unknown"
