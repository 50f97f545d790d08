"""Sources: how the one who says it is written, what kind of voice it is, and whether it is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.conditions import content_head
from dateline.extract.reading import Reading
from dateline.model import Actor, Sector, SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Token

BODY_KIND = {
    Sector.GOV: SourceKind.GOVERNMENT,
    Sector.MIL: SourceKind.MILITARY,
    Sector.PMC: SourceKind.ARMED_GROUP,
    Sector.REB: SourceKind.ARMED_GROUP,
    Sector.POL: SourceKind.GOVERNMENT,
    Sector.PTY: SourceKind.CIVIL,
    Sector.IGO: SourceKind.IGO,
    Sector.NGO: SourceKind.CIVIL,
    Sector.MED: SourceKind.MEDIA,
    Sector.CIV: SourceKind.CIVIL,
    Sector.BUS: SourceKind.CIVIL,
    Sector.UNK: SourceKind.UNKNOWN,
}


def source_mention(reading: Reading, source: Token) -> tuple[str, int, int]:
    """The source as written, with offsets: the noun phrase without relative clauses and trailing apposition."""
    actor = reading.actor(source)
    named = actor is not None and source.pos_ != "PRON"
    if named and actor is not None and actor.start is not None and actor.end is not None:
        return reading.text[actor.start : actor.end], actor.start, actor.end
    start, end = source.idx, source.idx + len(source)
    for token in source.subtree:
        if token.i < source.i and not token.is_punct and not token.is_space:
            start = min(start, token.idx)
    if source.pos_ != "PRON":
        for child in source.rights:
            if child.dep_ == "prep" and child.lower_ in ("of", "in", "from", "for") and not _clausal(child):
                end = max(end, max(t.idx + len(t) for t in child.subtree if not t.is_space))
            elif child.dep_ not in ("case",):
                break
    return reading.text[start:end], start, end


def _clausal(token: Token) -> bool:
    return any(t.pos_ == "VERB" for t in token.subtree)


def source_kind(reading: Reading, source: Token | None) -> SourceKind:
    """The kind of voice by the guide: uniformed persons military, other office holders official, bodies by sector."""
    if source is None:
        return SourceKind.UNKNOWN
    named = reading.cast.resolved(source) or source
    lemmas = _words(reading, named)
    classes = reading.lexicon.classes
    head = content_head(named).lemma_.lower()
    actor = reading.actor(source)
    if head in ("source", "report", "rumour", "rumor", "allegation") and actor is None:
        return SourceKind.MILITARY if lemmas & {"military", "army"} else SourceKind.UNKNOWN
    if head in reading.lexicon.words["voices"] and head != "source" and not _named_person(reading, named):
        return SourceKind.DOCUMENT
    if head in classes["media_word"] and (actor is None or actor.sector in (Sector.MED, Sector.UNK)):
        return SourceKind.MEDIA
    if head in classes["expert_word"]:
        return SourceKind.EXPERT
    if head in classes["witness_word"]:
        return SourceKind.WITNESS
    sector = actor.sector if actor is not None else None
    if sector in (Sector.REB, Sector.PMC):
        return SourceKind.ARMED_GROUP
    if lemmas & classes["rank_word"] or (sector is Sector.MIL):
        return SourceKind.MILITARY
    if sector in (Sector.IGO, Sector.MED, Sector.NGO, Sector.PTY):
        return BODY_KIND[sector]
    person = _named_person(reading, named) or head in classes["leader_word"] or source.lower_ in ("he", "she")
    if person and (sector in (Sector.GOV, Sector.POL, None)):
        office = lemmas & classes["leader_word"] or sector is not None
        return SourceKind.OFFICIAL if office else SourceKind.UNKNOWN
    return BODY_KIND[sector] if sector is not None else SourceKind.UNKNOWN


def _words(reading: Reading, head: Token) -> set[str]:
    """Lemmas of the phrase's own words, titles before a name included."""
    found = {head.lemma_.lower()}
    for child in head.children:
        if child.dep_ in ("compound", "amod", "nmod", "appos", "poss"):
            found.add(child.lemma_.lower().rstrip("."))
            found.add(child.lower_.rstrip("."))
            if child.dep_ == "appos":
                found |= {c.lemma_.lower() for c in child.children if c.dep_ in ("compound", "amod")}
    return found


def _named_person(reading: Reading, head: Token) -> bool:
    return head.ent_type_ == "PERSON" or any(
        c.ent_type_ == "PERSON" for c in head.children if c.dep_ in ("compound", "appos", "flat")
    )


def is_anonymous(reading: Reading, source: Token | None) -> bool:
    """Whether the person is withheld: an office or a crowd without a name; bodies never are."""
    if source is None:
        return True
    named = reading.cast.resolved(source) or source
    if _named_person(reading, named) or named.pos_ == "PROPN":
        return False
    head = content_head(named).lemma_.lower()
    classes = reading.lexicon.classes
    if head in ("report", "rumour", "allegation", "source"):
        return True
    if named.pos_ == "PRON":
        return False
    definite_post = any(c.dep_ == "det" and c.lower_ == "the" for c in named.children)
    person = head in classes["leader_word"] or head in classes["person_word"]
    if head in classes["unique_post"] and definite_post:
        return False
    return person


def actor_label(actor: Actor | None) -> str:
    """A short name for a basis line."""
    return "nobody named" if actor is None else actor.name
