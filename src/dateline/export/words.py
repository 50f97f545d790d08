"""Values in the words of a table: ranges, days, short ids."""

from __future__ import annotations

SHORT = 8


def short_id(identifier: str) -> str:
    """An id cut to what is still told apart and what `show` finds: prefix and eight characters.

    >>> short_id("claim-0123456789abcdef0123")
    'claim-01234567'
    """
    prefix, dash, rest = identifier.rpartition("-")
    return f"{prefix}{dash}{rest[:SHORT]}"


def amount(low: float | None, high: float | None) -> str:
    """Bounds as a reader writes them; "" when neither is known.

    >>> amount(900, 1000), amount(400, 400), amount(600, None), amount(None, 300), amount(0, 0)
    ('900–1,000', '400', '≥ 600', '≤ 300', '0')
    """
    if low is None and high is None:
        return ""
    if low is None:
        return f"≤ {_number(high)}"
    if high is None:
        return f"≥ {_number(low)}"
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,g}"


def days(earliest: str | None, latest: str | None) -> str:
    """An interval of days.

    >>> days("2024-03-01", "2024-03-31"), days("2024-03-01", "2024-03-01"), days(None, "2023-12-31")
    ('2024-03-01 … 2024-03-31', '2024-03-01', '… 2023-12-31')
    """
    if earliest == latest:
        return earliest or ""
    return f"{earliest or ''} … {latest or ''}".strip()


def bound(day: str | None, precise: bool, asserted: bool) -> str:
    """A bound of an interval: "~" before a day that is not known exactly, "" for an open one.

    A day that a claim only speaks of, without saying that it began or ended then, stands in brackets.

    >>> bound("2024-04-10", True, True), bound("2024-04-10", False, True), bound("2024-04-10", True, False)
    ('2024-04-10', '~2024-04-10', '[2024-04-10]')
    """
    if day is None:
        return ""
    known = day if precise else f"~{day}"
    return known if asserted else f"[{known}]"


def counted(number: int, thing: str) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(9, "report")
    ('1 report', '9 reports')
    """
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
