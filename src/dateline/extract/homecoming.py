"""Forces that go home or set out from it: told by their own country, where they are sent is another one.

"120 soldiers had returned to France" is a withdrawal from where they were, "600 soldiers left Nairobi" a deployment to
the country that the report is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.finding import Finding
from dateline.extract.place_heads import at_head
from dateline.extract.reading import Reading
from dateline.extract.where_carried import theatre, whole_state
from dateline.lexicon.actors import words
from dateline.lexicon.countries import by_code
from dateline.model import Kind, Place, Precision, Sector
from dateline.parse.forms import meanings, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

MOVING = frozenset({Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.WITHDRAWAL})
REACHED = ("at the verb", "reached")
"""How a place that is not left is told to have been read (`dateline.extract.where`)."""
SENT = frozenset({Sector.MIL, Sector.POL})


def from_home(reading: Reading, finding: Finding, places: list[Place], how: str) -> bool:
    """Whether forces leave their own capital in a report on another country: "600 soldiers left Nairobi"."""
    actor = finding.actor
    if finding.kind is not Kind.WITHDRAWAL or actor is None or actor.sector not in SENT or how.endswith(REACHED):
        return False
    own = by_code(actor.country) if actor.country is not None else None
    if own is None or theatre(reading) in (None, own.code) or not places:
        return False
    return all(p.country == own.code and p.name in (own.name, own.capital) for p in places)


def came_home(reading: Reading, finding: Finding, places: list[Place], how: str) -> bool:
    """Whether forces are told to go back to their own country: "120 soldiers had returned to France".

    A town of their own country is where they go home to only in a report on another one: soldiers who "returned to
    Bria" may be on duty there.
    """
    actor = finding.actor
    if finding.kind not in MOVING or actor is None or actor.sector not in SENT or actor.country is None:
        return False
    if not places or not how.endswith(REACHED):
        return False
    own, abroad = by_code(actor.country), reading.cast.main_country() not in (None, actor.country)
    capital = abroad and own is not None and all(p.name == own.capital for p in places)
    if any(p.country != actor.country for p in places) or not (capital or _goes_back(finding)):
        return False
    return abroad or all(p.precision is Precision.COUNTRY for p in places)


def left_behind(reading: Reading, finding: Finding) -> list[Place]:
    """Where the clause says they come home from, else the other state that the report is about."""
    told = [place for head in finding.arguments.get("from") for place in at_head(reading, head)]
    own = finding.actor.country if finding.actor is not None else None
    return told or whole_state(theatre(reading, but=own))


def _goes_back(finding: Finding) -> bool:
    verb: Token = finding.token
    listed = any(words().among("going_back", w) for w in (verb.lemma_.lower(), *meanings(verb)))
    return listed or finding.kind is Kind.WITHDRAWAL or any(pivot(c) in ("back", "home") for c in verb.rights)
