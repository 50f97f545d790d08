"""What is derived from claims in STIX: presences as relationships, disputes as opinions, events as groupings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from dateline.export.listing import Record
from dateline.export.moments import last_moment, moment
from dateline.export.stix.claims import note_id
from dateline.export.stix.parties import Parties
from dateline.export.stix.things import DATELINE, Maker, Thing, stix_id
from dateline.export.words import amount, days

_APART = ("planned", "alleged", "conditional", "denied")
"""Standings of which nobody says that the force is or was there."""
_OF_PRESENCE = ("force", "force_country", "sector", "host", "status", "scope", "deployment", "as_of")
"""What each relationship of a presence tells of the whole of it."""
_LISTS = ("supports", "departures", *_APART)
_MANY = 1000
"""Ids of claims that an object lists at most; how many there are is told beside them."""


class Derived:
    """Makes the objects of what is derived; all have the version of the ledger they were derived from.

    `moments` are those of the first and the last entry of the ledger.
    """

    def __init__(self, maker: Maker, parties: Parties, moments: tuple[str, str]) -> None:
        self._make = maker
        self._parties = parties
        self._moments = moments

    def presence(self, presence: Record) -> Iterator[Thing]:
        """A relationship "located at" for each step of a presence, of the whole country and of its sites, and a note.

        A presence of which nobody says that the force is or was there has no relationship. The note has what holds
        for all of it: the claims for it and apart from it, every figure given, and when it was gone.
        """
        force = self._parties.actor(
            {"name": presence["force"], "country": presence["force_country"], "sector": presence["sector"]}
        )
        host = self._parties.host(presence["host"])
        yield from self._parties.fresh()
        about = [force] if host is None else [force, host]
        if presence["status"] not in _APART and host is not None:
            yield from self._steps(presence, None, presence["series"], force, host)
            for site in presence["at_sites"]:
                place = self._parties.site(site["site"], presence["host"], (site["lat"], site["lon"]))
                yield from self._parties.fresh()
                if place is not None:
                    yield from self._steps(presence, site["site"], site["steps"], force, place)
        yield self._whole(presence, about)

    def dispute(self, dispute: Record, noted: Collection[str]) -> Iterator[Thing]:
        """An opinion for each side: it disagrees with the notes of the other sides; those not `noted` are left out."""
        for number, side in enumerate(dispute["sides"]):
            others = [
                note_id(claim)
                for other, held in enumerate(dispute["sides"])
                for claim in held["claims"]
                if other != number and claim in noted and claim not in side["claims"]
            ]
            yield self._make.made(
                stix_id("opinion", dispute["id"], number),
                self._moments,
                opinion="strongly-disagree" if dispute["kind"] == "denial" else "disagree",
                explanation=_explained(dispute, number),
                authors=list(dict.fromkeys(one["name"] for one in side["witnesses"] if one["name"])) or ["not known"],
                object_refs=list(dict.fromkeys(others))[:_MANY] or [DATELINE],
                labels=[f"dispute:{dispute['kind']}", f"dispute:{dispute['status']}"],
                extra={"dispute": _dispute(dispute, number)},
            )

    def event(self, event: Record, noted: Collection[str]) -> Iterator[Thing]:
        """A grouping of the notes on one event; its name says where nobody holds that it happened."""
        notes = [note_id(claim) for claim in event["claims"] if claim in noted][:_MANY]
        what = event["kind"].replace("_", " ")
        parts = [f"by {event['actor']}" if event["actor"] else "", f"in {event['country']}" if event["country"] else ""]
        told = [" ".join(part for part in (what, *parts) if part), days(event["earliest"], event["latest"])]
        kept = {name: value for name, value in event.items() if name not in ("id", "claims", "variants", "witnesses")}
        kept |= {"event_id": event["id"], **_claims("claims", event["claims"]), "origins": _independent(event)}
        kept["links"] = [{"tie": link["tie"], "other": link["event"]} for link in event["links"]]
        yield self._make.made(
            stix_id("grouping", event["id"]),
            self._moments,
            name=f"[{event['stage']}] {', '.join(part for part in told if part)}",
            context="unspecified",
            object_refs=notes or [DATELINE],
            labels=[f"kind:{event['kind']}", *(f"stance:{stance}" for stance in event["stances"])],
            extra={"event": kept},
        )

    def _steps(
        self, presence: Record, site: str | None, steps: list[Record], force: str, place: str
    ) -> Iterator[Thing]:
        """A relationship for each step in which the force was there."""
        kept = {name: presence[name] for name in _OF_PRESENCE} | {"presence_id": presence["id"], "site": site}
        for number, step in enumerate(steps):
            if _gone(step):
                continue
            start, stop = moment(step["start"]), last_moment(step["end"])
            yield self._make.made(
                stix_id("relationship", presence["id"], site, number),
                self._moments,
                relationship_type="located-at",
                source_ref=force,
                target_ref=place,
                description=step["reason"],
                start_time=start,
                stop_time=stop if stop is None or start is None or start < stop else None,
                labels=[f"status:{presence['status']}"],
                extra={"presence": kept, "step": _step(step, number)},
            )

    def _whole(self, presence: Record, about: list[str]) -> Thing:
        many = amount(presence["low"], presence["high"])
        told = f"[{presence['status']}] {presence['force']} in {presence['host']}{f', {many}' if many else ''}"
        as_of = f", as of {presence['as_of']}" if presence["as_of"] else ""
        nobody = " Nobody asserts that it is or was there." if presence["status"] in _APART else ""
        counts = ", ".join(f"{len(presence[name])} {name}" for name in _LISTS if presence[name])
        return self._make.made(
            stix_id("note", presence["id"]),
            self._moments,
            abstract=told,
            content=f"{told}{as_of}.{nobody} Claims: {counts or 'none'}.",
            authors=["dateline"],
            object_refs=about,
            labels=[f"status:{presence['status']}"],
            extra={"presence": _presence(presence)},
        )


def _explained(dispute: Record, number: int) -> str:
    sides = dispute["sides"]
    return f"Side {number + 1} of {len(sides)} holds: {sides[number]['holds']}. {dispute['sentence']}"


def _gone(step: Record) -> bool:
    return (step["low"], step["high"]) == (0, 0)


def _presence(presence: Record) -> dict[str, Any]:
    kept: dict[str, Any] = {name: presence[name] for name in (*_OF_PRESENCE, "low", "high", "strength_from", "sites")}
    kept |= {"presence_id": presence["id"], "strengths": presence["strengths"][:_MANY]}
    at = [(None, presence["series"]), *((site["site"], site["steps"]) for site in presence["at_sites"])]
    kept["gone"] = [
        _step(step, number) | {"site": site} for site, steps in at for number, step in enumerate(steps) if _gone(step)
    ]
    for name in _LISTS:
        kept |= _claims(name, presence[name])
    return kept


def _step(step: Record, number: int) -> dict[str, Any]:
    kept = {name: value for name, value in step.items() if name not in ("supports", "contradicts")}
    return (
        kept | {"number": number} | _claims("supports", step["supports"]) | _claims("contradicts", step["contradicts"])
    )


def _dispute(dispute: Record, number: int) -> dict[str, Any]:
    side = dispute["sides"][number]
    kept = {name: value for name, value in dispute.items() if name not in ("id", "sides", "sentence")}
    kept |= {"dispute_id": dispute["id"], "side": number, "sides": len(dispute["sides"]), "holds": side["holds"]}
    return kept | _claims("claims", side["claims"]) | {"origins": _independent(side)}


def _claims(name: str, ids: list[str]) -> dict[str, Any]:
    """Ids of claims, and how many there are where not all are listed."""
    return {name: ids} if len(ids) <= _MANY else {name: ids[:_MANY], f"{name}_in_all": len(ids)}


def _independent(told: Record) -> int:
    return sum(not one["background"] for one in told["witnesses"])
