"""What our kinds are in ACLED and PLOVER, and theirs in ours, each with how near the two are.

Foreign codes come from the ontology; where it depends on how far an act has come (announced, done, denied) the tables
here decide. A quality is never left out: `exact` means that the foreign codebook puts it there, `near` that it is the
closest code, `none` that it has no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from dateline.lexicon.ontology import ontology
from dateline.model import Kind, Stage


class Quality(StrEnum):
    """How near a foreign code is to what we mean."""

    EXACT = "exact"
    NEAR = "near"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Acled:
    """ACLED's codes of an event, None where it has none."""

    sub_event: str | None
    event: str | None
    disorder: str | None
    quality: Quality


@dataclass(frozen=True, slots=True)
class Plover:
    """PLOVER's type, mode and quadrant, None where it has none."""

    type: str | None
    mode: str | None
    quad: str | None
    quality: Quality


_STRATEGIC: Final = "Strategic developments"
_VIOLENCE: Final = "Political violence"
_DEMONSTRATIONS: Final = "Demonstrations"
_EVENTS: Final = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Air/drone strike",
        "Chemical weapon",
        "Grenade",
        "Remote explosive/landmine/IED",
        "Shelling/artillery/missile attack",
        "Suicide bomb",
    ),
    "Violence against civilians": ("Abduction/forced disappearance", "Attack", "Sexual violence"),
    "Protests": ("Excessive force against protesters", "Peaceful protest", "Protest with intervention"),
    "Riots": ("Mob violence", "Violent demonstration"),
    _STRATEGIC: (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
EVENT_OF: Final[Mapping[str, str]] = MappingProxyType({sub: event for event, subs in _EVENTS.items() for sub in subs})
"""The event type of every sub-event type of ACLED's codebook of 2024."""

_DISORDERS: Final = {
    "Excessive force against protesters": f"{_VIOLENCE}; {_DEMONSTRATIONS}",
    "Mob violence": _VIOLENCE,
}
_EXACT: Final = frozenset({Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.AGREEMENT})
"""Kinds of which ACLED's codebook itself says where they go, once done."""

_OTHER: Final = frozenset({
    Kind.EXPULSION, Kind.TERMINATION, Kind.REQUEST, Kind.COOPERATION, Kind.TRAINING, Kind.COUP, Kind.ARMS_TRANSFER,
})  # fmt: skip
"""Kinds that ACLED has under `Other`, where it has them at all."""

_KINDS: Final = {
    "Armed clash": Kind.ATTACK,
    "Government regains territory": Kind.ATTACK,
    "Non-state actor overtakes territory": Kind.ATTACK,
    "Air/drone strike": Kind.ATTACK,
    "Chemical weapon": Kind.ATTACK,
    "Grenade": Kind.ATTACK,
    "Remote explosive/landmine/IED": Kind.ATTACK,
    "Shelling/artillery/missile attack": Kind.ATTACK,
    "Suicide bomb": Kind.ATTACK,
    "Abduction/forced disappearance": Kind.COERCION,
    "Attack": Kind.ATTACK,
    "Sexual violence": Kind.ATTACK,
    "Excessive force against protesters": Kind.COERCION,
    "Peaceful protest": Kind.PROTEST,
    "Protest with intervention": Kind.PROTEST,
    "Mob violence": Kind.PROTEST,
    "Violent demonstration": Kind.PROTEST,
    "Agreement": Kind.AGREEMENT,
    "Arrests": Kind.COERCION,
    "Change to group/activity": Kind.DEPLOYMENT,
    "Disrupted weapons use": Kind.COERCION,
    "Headquarters or base established": Kind.DEPLOYMENT,
    "Looting/property destruction": Kind.ATTACK,
    "Non-violent transfer of territory": Kind.WITHDRAWAL,
}
_QUADS: Final = {
    "V-COOP": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "M-COOP": ("COOPERATE", "AID", "RETREAT"),
    "V-CONF": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "M-CONF": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
_QUAD_OF: Final = {kind: quad for quad, kinds in _QUADS.items() for kind in kinds}
_ANNOUNCED: Final = {Kind.DEPLOYMENT: "AGREE", Kind.WITHDRAWAL: "CONCEDE", Kind.AGREEMENT: "AGREE", Kind.AID: "AGREE"}
"""PLOVER has promises and announcements apart from the act."""

_OF_PLOVER: Final = {
    "AGREE": Kind.AGREEMENT,
    "CONSULT": Kind.CONSULTATION,
    "SUPPORT": Kind.SUPPORT,
    "CONCEDE": Kind.CONCESSION,
    "COOPERATE": Kind.COOPERATION,
    "AID": Kind.AID,
    "RETREAT": Kind.WITHDRAWAL,
    "REQUEST": Kind.REQUEST,
    "ACCUSE": Kind.ACCUSATION,
    "REJECT": Kind.REJECTION,
    "THREATEN": Kind.THREAT,
    "PROTEST": Kind.PROTEST,
    "SANCTION": Kind.SANCTION,
    "MOBILIZE": Kind.MOBILIZATION,
    "COERCE": Kind.COERCION,
    "ASSAULT": Kind.ATTACK,
}
_OF_MODES: Final = {
    ("SANCTION", "expel"): Kind.EXPULSION,
    ("SANCTION", "discontinue"): Kind.TERMINATION,
    ("SANCTION", "withdraw"): Kind.WITHDRAWAL,
    ("ASSAULT", "abduct"): Kind.COERCION,
    ("ASSAULT", "crowd-control"): Kind.COERCION,
}
_OF_CAMEO: Final = {
    "0256": Kind.REQUEST,
    "057": Kind.AGREEMENT,
    "062": Kind.COOPERATION,
    "072": Kind.ARMS_TRANSFER,
    "074": Kind.DEPLOYMENT,
    "087": Kind.WITHDRAWAL,
    "0874": Kind.WITHDRAWAL,
    "154": Kind.DEPLOYMENT,
    "160": Kind.TERMINATION,
    "162": Kind.TERMINATION,
    "164": Kind.TERMINATION,
    "166": Kind.EXPULSION,
    "181": Kind.COERCION,
    "01": None,
    "02": Kind.REQUEST,
    "03": Kind.AGREEMENT,
    "04": Kind.CONSULTATION,
    "05": Kind.SUPPORT,
    "06": Kind.COOPERATION,
    "07": Kind.AID,
    "08": Kind.CONCESSION,
    "09": Kind.ACCUSATION,
    "10": Kind.REQUEST,
    "11": Kind.ACCUSATION,
    "12": Kind.REJECTION,
    "13": Kind.THREAT,
    "14": Kind.PROTEST,
    "15": Kind.MOBILIZATION,
    "16": Kind.SANCTION,
    "17": Kind.COERCION,
    "18": Kind.ATTACK,
    "19": Kind.ATTACK,
    "20": Kind.ATTACK,
}
_NO_ACLED: Final = Acled(None, None, None, Quality.NONE)
_NO_PLOVER: Final = Plover(None, None, None, Quality.NONE)


def to_acled(kind: Kind, stage: Stage) -> Acled:
    """ACLED's codes of an act. What is only denied has none; what is announced or alleged is never exact."""
    sub = "Other" if kind in _OTHER else ontology()[kind].code.acled
    if kind is Kind.WITHDRAWAL and stage in (Stage.ANNOUNCED, Stage.BEGUN):
        sub = "Other" if stage is Stage.ANNOUNCED else "Change to group/activity"
    if sub is None or stage is Stage.DENIED:
        return _NO_ACLED
    event = EVENT_OF[sub]
    exact = kind in _EXACT and stage in (Stage.DONE, Stage.BEGUN)
    return Acled(sub, event, disorder_of(sub), Quality.EXACT if exact else Quality.NEAR)


def disorder_of(sub_event: str) -> str:
    """ACLED's disorder type of a sub-event type of its codebook."""
    if sub_event in _DISORDERS:
        return _DISORDERS[sub_event]
    event = EVENT_OF[sub_event]
    if event == _STRATEGIC:
        return _STRATEGIC
    return _DEMONSTRATIONS if event in ("Protests", "Riots") else _VIOLENCE


def to_plover(kind: Kind, stage: Stage) -> Plover:
    """PLOVER's codes of an act. Exact where every finer code of the kind has that type, and it is done or begun."""
    entry = ontology()[kind]
    kind_of = _ANNOUNCED.get(kind, entry.code.plover) if stage is Stage.ANNOUNCED else entry.code.plover
    if kind_of is None or stage is Stage.DENIED:
        return _NO_PLOVER
    alike = all((code.plover, code.mode) == (entry.code.plover, entry.code.mode) for code in entry.codes.values())
    exact = alike and stage in (Stage.DONE, Stage.BEGUN)
    mode = entry.code.mode if kind_of == entry.code.plover else None
    return Plover(kind_of, mode, _QUAD_OF[kind_of], Quality.EXACT if exact else Quality.NEAR)


def of_acled(event: str, sub_event: str) -> Kind | None:
    """The kind of ours that a row of ACLED is of, None where there is none (`Other`, types we do not know)."""
    found = _KINDS.get(sub_event)
    if found is not None or sub_event in EVENT_OF:
        return found
    return {"Battles": Kind.ATTACK, "Protests": Kind.PROTEST, "Riots": Kind.PROTEST}.get(event)


def of_plover(type_: str, mode: str | None) -> Kind | None:
    """The kind of ours that a PLOVER type is of; some modes have a kind of their own."""
    found = _OF_MODES.get((type_, mode or ""))
    if found is None and type_ == "MOBILIZE" and mode == "troops":
        return Kind.DEPLOYMENT
    return found or _OF_PLOVER.get(type_)


def of_cameo(code: str) -> Kind | None:
    """The kind of ours that a CAMEO code is of: by the longest of its beginnings that is known."""
    known = next((code[:size] for size in range(len(code), 1, -1) if code[:size] in _OF_CAMEO), None)
    return None if known is None else _OF_CAMEO[known]
