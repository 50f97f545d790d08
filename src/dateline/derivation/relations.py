"""Which reports rest on one reporting: sketches, the pairs worth comparing, their links, and origins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from dateline.model import Document, Origin, OriginLink
from dateline.reconcile.origins import Sketch, is_partial, link, origins, pairs, sketch
from dateline.reconcile.verdicts import Verdicts
from dateline.store.derived import Derived
from dateline.store.records import coded, decoded

CHUNK = 200
"""Reports that are sketched together and then let go."""

HELD = 4096
"""Sketches, and texts, that are kept at hand while pairs are compared."""

Pair = tuple[str, str]
Tied = tuple[str, str, bool]
"""Two documents with a link, and whether it is of a part only."""


def relate_all(tables: Derived, standing: Verdicts) -> None:
    """Sketch every report, link the pairs that share a key, and derive all origins."""
    ids = [document for document in tables.document_ids() if document not in standing.aside]
    _sketch(tables, ids)
    sketch_of = _sketches(tables)
    found: set[Pair] = set()
    for _, bucket in tables.shared_keys():
        found |= _pairs(bucket, sketch_of)
    whole = _compare(tables, _in_time(found, ids, sketch_of), sketch_of)
    for some in _components(ids, whole, standing):
        _derive_origins(tables, some, tables.links_of(some), standing)


def _in_time(found: set[Pair], ids: list[str], sketch_of: Callable[[str], Sketch]) -> list[Pair]:
    """The pairs from the oldest to the newest, so that what was read of a report is at hand for its next pair."""
    place = {document: at for at, document in enumerate(sorted(ids, key=lambda document: sketch_of(document).order))}
    return sorted(found, key=lambda pair: (max(place[pair[0]], place[pair[1]]), min(place[pair[0]], place[pair[1]])))


def relate(tables: Derived, read: list[str], targets: set[str], standing: Verdicts) -> set[str]:
    """Relate new reports to the known ones; gives the documents whose origin is not what it was.

    Reports that notices set aside are of no origin; those that count again are related as if they were new.
    """
    counted = [document for document in read if document not in standing.aside]
    known = [document for document in read if tables.sketches([document])]
    ends = _ends(tables.links_of(known))
    dropped = _forget(tables, known)
    _sketch(tables, counted)
    sketch_of = _sketches(tables)
    ends |= dropped | _link_new(tables, counted, sketch_of)
    affected = {*read, *ends, *(target for target in targets if target.startswith("doc-"))}
    before = tables.origins_of(sorted(affected))
    members = _reach(tables, affected | {d for origin in before.values() for d in origin.documents}, standing)
    before = tables.origins_of(sorted(members))
    tables.drop_origins(sorted({origin.id for origin in before.values()}))
    _derive_origins(tables, sorted(members), tables.links_of(sorted(members)), standing)
    after = tables.origins_of(sorted(members))
    return {document for document in members if before.get(document) != after.get(document)}


def _sketch(tables: Derived, ids: list[str]) -> None:
    for at in range(0, len(ids), CHUNK):
        some = ids[at : at + CHUNK]
        documents = tables.documents(some, text=True)
        claims = tables.claims_of_documents(some)
        made = [sketch(documents[document], claims[document]) for document in some]
        tables.put_sketches([(one.document, coded(one), one.keys) for one in made])


def _sketches(tables: Derived) -> Callable[[str], Sketch]:
    @lru_cache(maxsize=HELD)
    def held(document: str) -> Sketch:
        return decoded(Sketch, tables.sketches([document])[document])

    return held


def _pairs(bucket: Iterable[str], sketch_of: Callable[[str], Sketch]) -> set[Pair]:
    found = pairs([sketch_of(document) for document in bucket])
    return {(min(a.document, b.document), max(a.document, b.document)) for a, b in found}


def _compare(tables: Derived, wanted: Iterable[Pair], sketch_of: Callable[[str], Sketch]) -> list[Tied]:
    """Link the pairs that are of one origin or share a part."""
    text_of = lru_cache(maxsize=HELD)(tables.text)
    found: list[Tied] = []
    links: list[OriginLink] = []
    for one, other in wanted:
        tie = link(sketch_of(one), sketch_of(other), text_of)
        if tie is not None:
            found.append((one, other, is_partial(tie)))
            links.append(tie)
        if len(links) == CHUNK:
            tables.put_links((tie, is_partial(tie)) for tie in links)
            links.clear()
    tables.put_links((tie, is_partial(tie)) for tie in links)
    return found


def _touched(ties: Iterable[Tied]) -> set[str]:
    return {document for tie in ties for document in tie[:2]}


def _ends(links: Iterable[OriginLink]) -> set[str]:
    return {document for tie in links for document in (tie.earlier, tie.later)}


def _forget(tables: Derived, known: list[str]) -> set[str]:
    """Take known reports out of their buckets; pairs that they had kept apart are compared."""
    if not known:
        return set()
    gone = set(known)
    sketch_of = _sketches(tables)
    keys = {key for document in known for key in sketch_of(document).keys}
    closer: set[Pair] = set()
    for bucket in tables.with_keys(sorted(keys)).values():
        rest = [document for document in bucket if document not in gone]
        closer |= {pair for pair in _pairs(rest, sketch_of) - _pairs(bucket, sketch_of)}
    linked = {(tie.earlier, tie.later) for tie in tables.links_of(sorted({d for pair in closer for d in pair}))}
    tables.drop_sketches(known)
    new = [pair for pair in sorted(closer) if pair not in linked and pair[::-1] not in linked]
    return _touched(_compare(tables, new, sketch_of))


def _link_new(tables: Derived, read: list[str], sketch_of: Callable[[str], Sketch]) -> set[str]:
    """Link new reports; pairs of old ones that the new ones push apart lose their link."""
    new = set(read)
    keys = {key for document in read for key in sketch_of(document).keys}
    wanted: set[Pair] = set()
    lost: set[Pair] = set()
    for bucket in tables.with_keys(sorted(keys)).values():
        if len(bucket) < 2:
            continue
        now = _pairs(bucket, sketch_of)
        wanted |= {pair for pair in now if new & set(pair)}
        lost |= _pairs([document for document in bucket if document not in new], sketch_of) - now
    touched = _touched(_compare(tables, sorted(wanted), sketch_of))
    for pair in sorted(lost - wanted):
        if not _still(tables, pair, sketch_of):
            tables.drop_link(*pair)
            touched |= set(pair)
    return touched


def _still(tables: Derived, pair: Pair, sketch_of: Callable[[str], Sketch]) -> bool:
    """Whether two reports are still neighbours by some key they share."""
    shared = sorted(set(sketch_of(pair[0]).keys) & set(sketch_of(pair[1]).keys))
    return any(pair in _pairs(bucket, sketch_of) for bucket in tables.with_keys(shared).values())


def _reach(tables: Derived, ids: set[str], standing: Verdicts) -> set[str]:
    """The documents that hang together with those given by whole links or judgements."""
    bonds = _bonds(standing)
    found: set[str] = set()
    waiting = set(ids)
    while waiting:
        found |= waiting
        near = {
            document
            for tie in tables.links_of(sorted(waiting))
            if not is_partial(tie)
            for document in (tie.earlier, tie.later)
        }
        near |= {document for one in waiting for document in bonds.get(one, ())}
        waiting = near - found
    return found


def _components(ids: list[str], ties: Iterable[Tied], standing: Verdicts) -> Iterator[list[str]]:
    """Documents by what hangs together, many small components at once."""
    leader = {document: document for document in ids}

    def find(document: str) -> str:
        while leader[document] != document:
            leader[document] = leader[leader[document]]
            document = leader[document]
        return document

    def join(one: str, other: str) -> None:
        first, second = sorted((find(one), find(other)))
        leader[second] = first

    for one, other, partial in ties:
        if not partial:
            join(one, other)
    for group in standing.documents_together:
        known = sorted(document for document in group if document in leader)
        for document in known[1:]:
            join(known[0], document)
    some: list[str] = []
    for _, component in groupby(sorted(ids, key=lambda d: (find(d), d)), key=find):
        some.extend(component)
        if len(some) >= CHUNK:
            yield some
            some = []
    if some:
        yield some


def _bonds(standing: Verdicts) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for group in standing.documents_together:
        for document in group:
            found.setdefault(document, set()).update(group)
    return found


def _derive_origins(tables: Derived, ids: list[str], links: list[OriginLink], standing: Verdicts) -> None:
    """Origins of documents whose components are complete; partial links may lead out of them."""
    within = set(ids)
    ends = within | _ends(links)
    known = {document: decoded(Sketch, record) for document, record in tables.sketches(sorted(ends)).items()}
    made = [o for o in origins(known, links, standing) if within & set(o.documents)]
    published = _published(tables.documents(sorted({d for origin in made for d in origin.documents})))
    tables.put_origins((origin, _days(origin, published)) for origin in made)


def _published(documents: Mapping[str, Document]) -> Mapping[str, str]:
    return {key: document.published[:10] for key, document in documents.items() if document.published is not None}


def _days(origin: Origin, published: Mapping[str, str]) -> tuple[str | None, str | None]:
    days = [published[document] for document in origin.documents if document in published]
    return (min(days), max(days)) if days else (None, None)
