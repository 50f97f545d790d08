"""The templates of a dossier with the filters that they need besides the desk's."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment

from dateline.desk.events import slot_name
from dateline.export.shapes import told_by
from dateline.lexicon import countries
from dateline.model import Event, Presence, Side, Variant, as_record
from dateline.web.rendering import environment

CSP = "default-src 'none'; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'"
"""What pages may load: the style sheet and charts beside them. No script, nothing from outside."""


@cache
def dossier_environment() -> Environment:
    """The desk's templates, with the filters of dossiers."""
    made = environment().overlay()
    made.filters = {
        **made.filters,
        "cut": cut,
        "place_name": place_name,
        "told_by": witnesses_told,
        "differing": differing,
        "names": names,
        "slot_name": slot_name,
    }
    return made


def render(template: str, **values: Any) -> bytes:
    """A page in UTF-8; a lone surrogate becomes a question mark."""
    text = dossier_environment().get_template(f"dossier/{template}").render({"csp": CSP, **values})
    return text.encode("utf-8", "replace")


def cut(text: object, longest: int) -> str:
    """At most so many characters; the whole is in claims.jsonl.

    >>> cut("abcdef", 3)
    'abc…'
    """
    words = str(text)
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"


def place_name(host: str) -> str:
    """A country by its code, or a region by its name.

    >>> place_name("NER"), place_name("Sahel")
    ('Niger', 'Sahel')
    """
    country = countries.by_code(host)
    return host if country is None else country.name


def witnesses_told(record: Presence | Event | Side) -> str:
    """On how many reports and origins something rests."""
    if not record.witnesses:
        return "no claim that it is or came there" if isinstance(record, Presence) else "no report"
    return told_by([as_record(witness) for witness in record.witnesses])


def differing(event: Event) -> list[tuple[str, tuple[Variant, ...]]]:
    """The slots of an event that its claims give differently."""
    return [(slot, event.variants[slot]) for slot in sorted(event.variants) if len(event.variants[slot]) > 1]


def names(side: Side) -> str:
    """Who tells a side of a dispute."""
    return ", ".join(dict.fromkeys(witness.name for witness in side.witnesses if witness.name is not None))
