"""What every format promises, whoever wrote it: something of every ledger, the same bytes twice, text that is text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest

from dateline.export.formats import FORMATS
from dateline.ledger import Ledger
from dateline.store import Store
from exported_ledger import NOW, empty, exported, hostile, small, unasserted

LEDGERS: dict[str, Callable[[], Store]] = {
    "small": small,
    "hostile": hostile,
    "unasserted": unasserted,
    "empty": empty,
}
RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Controls that a terminal obeys; C1 controls and direction characters are text in a file that is declared UTF-8."""
WITHOUT_ESCAPES = {"csv", "hxl"}
"""Formats that can only write a control as itself or lose it."""

every_format = pytest.mark.parametrize("name", FORMATS)
every_ledger = pytest.mark.parametrize("which", LEDGERS)


@cache
def ledger(which: str) -> Store:
    """A ledger, made once."""
    return LEDGERS[which]()


@cache
def written(which: str, name: str) -> bytes:
    """A ledger in a format, written once."""
    return exported(ledger(which), name)


@every_format
@every_ledger
def test_what_is_there_is_written(which: str, name: str) -> None:
    data = written(which, name)
    assert data or which == "empty"


@every_format
@every_ledger
def test_the_same_ledger_gives_the_same_bytes(which: str, name: str) -> None:
    assert exported(ledger(which), name) == written(which, name)


@every_format
@every_ledger
def test_text_is_utf_8_and_holds_no_raw_controls(which: str, name: str) -> None:
    if not FORMATS[name].is_text:
        pytest.skip("declared binary")
    text = written(which, name).decode("utf-8")
    if which == "hostile" and name in WITHOUT_ESCAPES:
        return
    found = RAW.search(text)
    assert found is None, text[max(0, found.start() - 60) : found.end() + 20]


@every_format
def test_a_file_without_claims_is_smaller_than_one_with(name: str) -> None:
    """That a format writes anything of a ledger at all: a writer that gives its head only passes all others."""
    if name in ("ical", "acled", "geojson", "kml", "polecat"):
        pytest.skip("writes dated events or places only")
    assert len(written("small", name)) > len(written("empty", name))


@every_format
def test_a_package_is_the_same_twice(name: str) -> None:
    if FORMATS[name].package is None:
        pytest.skip("not packed")
    packed = []
    for _ in range(2):
        out = BytesIO()
        with Ledger.over(ledger("hostile"), clock=lambda: NOW).selection() as selection:
            FORMATS[name].written(selection, out, package=True)
        packed.append(out.getvalue())
    assert packed[0] == packed[1]


@every_format
def test_nothing_selected_is_no_error(name: str) -> None:
    exported(ledger("small"), name, host="JPN")


@every_format
def test_a_format_says_what_it_is(name: str) -> None:
    one = FORMATS[name]
    assert one.what
    assert one.suffix.startswith(".")
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", one.media_type)
    assert one.write.__doc__
