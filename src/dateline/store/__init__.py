"""The ledger's database: append-only reports, claims and issues, and what is derived from them."""

from dateline.store.errors import LedgerError, MissingLedgerError, UnknownIdError
from dateline.store.filters import Filters, country_code
from dateline.store.opening import Store, open_store
from dateline.store.paging import CursorError, Paging, PagingError, Slice, SortError
from dateline.store.view import Page, View
from dateline.store.writer import Writer

__all__ = [
    "CursorError",
    "Paging",
    "PagingError",
    "Slice",
    "SortError",
    "Filters",
    "LedgerError",
    "MissingLedgerError",
    "Page",
    "Store",
    "UnknownIdError",
    "View",
    "Writer",
    "country_code",
    "open_store",
]
