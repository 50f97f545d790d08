"""From links to origins: reports that hang together by whole links, round-ups kept out, judgements obeyed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dateline.model import Origin, OriginLink, OriginSign, content_id
from dateline.reconcile.origins.joining import Groups, Links, grouped, one_way
from dateline.reconcile.origins.mixtures import mixtures, taken_in
from dateline.reconcile.origins.sketches import Sketch, written
from dateline.reconcile.verdicts import Verdicts


def origins(sketches: Mapping[str, Sketch], links: Iterable[OriginLink], verdicts: Verdicts) -> tuple[Origin, ...]:
    """The origins of the reports sketched, each report in one; what is found of a component depends on it alone.

    A report whose text holds several others that have nothing in common is a round-up: it belongs to the one that
    most of it is from, or to none. Links that an analyst's split goes against are left out; the reports of a
    merge are of one origin whatever else is said of them.
    """
    known = sorted(
        (link for link in links if not _refused(link, verdicts)), key=lambda link: (link.earlier, link.later)
    )
    judged = list(_judged(sketches, verdicts))
    whole = [link for link in known if not link.partial and link.earlier in sketches and link.later in sketches]
    touching = _touching(known)
    group_of: dict[str, str] = {}
    for members, own in _components(sketches, [*whole, *judged]):
        near = {(link.earlier, link.later): link for member in members for link in touching.get(member, ())}
        groups, firm = _grouped(members, own, list(near.values()), sketches)
        _split(groups, firm, verdicts)
        group_of |= {member: groups.of(member) for member in members}
    return _origins(group_of, sketches, [*known, *judged])


def _touching(links: Links) -> dict[str, list[OriginLink]]:
    found: dict[str, list[OriginLink]] = defaultdict(list)
    for link in links:
        found[link.earlier].append(link)
        found[link.later].append(link)
    return found


def _refused(link: OriginLink, verdicts: Verdicts) -> bool:
    """Whether a judgement says that the two are of different origin."""
    pair = {link.earlier, link.later}
    return any(len(pair & one) == 1 and len(pair & other) == 1 for one, other in verdicts.documents_apart)


def _judged(sketches: Mapping[str, Sketch], verdicts: Verdicts) -> Iterator[OriginLink]:
    """Links by judgement: each report of a merge with the oldest of them."""
    for together in verdicts.documents_together:
        members = sorted((sketches[key] for key in together if key in sketches), key=lambda one: one.order)
        for later in members[1:]:
            reason = f"An analyst judged that {later.outlet or 'this report'} carries this report."
            yield OriginLink(members[0].document, later.document, (OriginSign.JUDGED,), reason)


def _components(sketches: Mapping[str, Sketch], links: Links) -> Iterator[tuple[list[str], list[OriginLink]]]:
    """Reports that hang together by links, with their links."""
    groups = Groups(sketches)
    for link in links:
        groups.join(link.earlier, link.later)
    own: dict[str, list[OriginLink]] = defaultdict(list)
    for link in links:
        own[groups.of(link.earlier)].append(link)
    for group, members in groups.members().items():
        yield members, own[group]


def _grouped(
    members: Sequence[str], own: Links, touching: Links, sketches: Mapping[str, Sketch]
) -> tuple[Groups, Links]:
    """The groups of one component, and the links that hold them; `touching` are all links of its reports."""
    mixed = mixtures(members, touching, sketches) if len(members) > 1 else set()
    whole = [link for link in own if OriginSign.JUDGED in link.signs or not {link.earlier, link.later} & mixed]
    firm = [link for link in whole if not one_way(link)]
    groups = grouped(members, firm)
    firm.extend(taken_in(groups, [link for link in whole if one_way(link)], sketches))
    return groups, firm


def _split(groups: Groups, links: Links, verdicts: Verdicts) -> None:
    """Take apart what an analyst holds apart, where links of other reports have joined it."""
    for one, other in verdicts.documents_apart:
        for members in groups.members().values():
            if one & set(members) and other & set(members):
                groups.divide(members, other, links)


def _origins(
    group_of: Mapping[str, str], sketches: Mapping[str, Sketch], links: Iterable[OriginLink]
) -> tuple[Origin, ...]:
    own: dict[str, list[OriginLink]] = defaultdict(list)
    partial: dict[str, list[OriginLink]] = defaultdict(list)
    for link in links:
        ends = {group_of[end] for end in (link.earlier, link.later) if end in group_of}
        if len(ends) == 1 and link.earlier in group_of and link.later in group_of:
            if not link.partial:
                own[min(ends)].append(link)
            continue
        for end in ends:
            partial[end].append(replace(link, partial=True))
    members: dict[str, list[Sketch]] = defaultdict(list)
    for document in sorted(group_of):
        members[group_of[document]].append(sketches[document])
    found = [_origin(sorted(of, key=lambda one: one.order), own[key], partial[key]) for key, of in members.items()]
    return tuple(sorted(found, key=lambda origin: (origin.earliest or "9999", origin.documents[0])))


def _origin(members: Sequence[Sketch], own: Links, partial: Links) -> Origin:
    ids = tuple(member.document for member in members)
    return Origin(
        id=content_id("origin", *sorted(ids)),
        name=_name(members),
        documents=ids,
        earliest=members[0].published,
        links=tuple(own),
        partial=tuple(partial),
    )


def _name(members: Sequence[Sketch]) -> str | None:
    """Who reported it: the newsroom that most credits name, the first of them among equals, else the oldest outlet."""
    credits = [member.credits[0] for member in members if len(member.credits) == 1]
    if credits:
        counts = Counter(credits)
        return written(min(counts, key=lambda name: (-counts[name], credits.index(name))), members)
    relays = [room for member in members for room in member.relays]
    shared = [room for room in sorted(set(relays)) if 2 * relays.count(room) > len(members) > 1]
    if shared:
        return written(shared[0], members)
    return next((member.outlet for member in members if member.outlet is not None), None)
