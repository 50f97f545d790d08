"""Acts that are nouns under another verb: who undergoes them, who is blamed for them, who has a part in them.

"Kunduz was rocked by two blasts" and "Turkey has suffered a series of bombings" tell where; "Hungary has drawn
criticism from Brussels" tells whom; "the militia was blamed for the killings" and "Moscow's role in the shelling" tell
who, the first as a suspicion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.arguments import subject_of, words
from dateline.extract.owners import holders
from dateline.extract.place_heads import at_head
from dateline.extract.reading import Reading
from dateline.model import Kind, Place, Precision
from dateline.parse.forms import means, pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.extract.finding import Finding
    from dateline.extract.roles import Parties

VIOLENT = frozenset({Kind.ATTACK, Kind.PROTEST, Kind.COERCION, Kind.COUP})
"""Kinds that a place undergoes, and that somebody is blamed for."""
VERBAL = frozenset({Kind.ACCUSATION, Kind.THREAT, Kind.SANCTION, Kind.REQUEST})
"""Kinds whose other party may be told by a verb of undergoing: "faced threats from"."""
BEHIND = {"blame": ("for",), "suspect": ("of", "in"), "accuse": ("of",), "implicate": ("in",), "link": ("to",)}
"""By verb, the prepositions before what somebody is blamed for."""


def settled(reading: Reading, token: Token, kind: Kind, parties: Parties) -> Parties:
    """The parties of an act, once the verb or noun over its noun has had its say."""
    verb = undergoing(token)
    subject = None if verb is None else subject_of(verb)
    if subject is not None:
        parties = _undergone(reading, kind, parties, subject)
    if kind in VIOLENT and parties.recipient_head is not None and _town_hit(reading, token, parties.recipient_head):
        parties = replace(parties, recipient=None, recipient_head=None)
    if kind is Kind.SUPPORT and parties.recipient_head is not None and _harmed(token, parties.recipient_head):
        parties = replace(parties, recipient=None, recipient_head=None)
    if kind in VIOLENT and parties.actor is not None and token.dep_ == "dobj" and means(token.head, "blame"):
        return replace(parties, supposed=True)
    if kind in VIOLENT and parties.actor is None:
        for head, how, supposed in (*_blamed(token), *_with_a_part(token)):
            actor = reading.actor(head)
            if actor is not None:
                basis = parties.basis | {"actor": how}
                return replace(parties, actor=actor, actor_head=head, basis=basis, supposed=supposed)
    return parties


def undergoing(noun: Token) -> Token | None:
    """The verb by which a subject undergoes the act of a noun: "suffered a series of attacks", "rocked by blasts"."""
    if noun.pos_ == "VERB":
        return noun if noun.lemma_.lower() in words(noun, "undergoing") else None
    noun = _whole(noun)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in words(noun, "undergoing"):
        return verb
    if noun.dep_ == "pobj" and verb.dep_ in ("agent", "prep") and pivot(verb) == "by":
        return verb.head if verb.head.lemma_.lower() in words(noun, "shaking") else None
    return None


def place_undergone(reading: Reading, finding: Finding) -> list[Place]:
    """The place that is the subject of a verb of undergoing: "Mogadishu has seen a wave of bombings"."""
    if finding.kind not in VIOLENT:
        return []
    verb = undergoing(finding.token)
    subject = None if verb is None else subject_of(verb)
    if subject is None or not _is_place(reading, subject):
        return []
    found = at_head(reading, subject)
    known = subject.i in reading.place_of_token
    return [place for place in found if known or place.precision is not Precision.COUNTRY]


def _whole(noun: Token) -> Token:
    """What a noun is a part of: "a wave of bombings", "weeks of protests"."""
    while noun.dep_ == "pobj" and pivot(noun.head) == "of":
        upper = noun.head.head
        if upper.lemma_.lower() not in words(noun, "series") | words(noun, "spans"):
            break
        noun = upper
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun


def _undergone(reading: Reading, kind: Kind, parties: Parties, subject: Token) -> Parties:
    """A place undergoes no act as a party; whoever else does is the other party, never the one who acts."""
    acts = parties.actor_head is not None and parties.actor_head in subject.subtree
    if kind in VIOLENT:
        hit = parties.recipient_head is not None and parties.recipient_head in subject.subtree
        if acts:
            parties = replace(parties, actor=None, actor_head=None)
        if _is_place(reading, subject):
            parties = replace(parties, recipient=None, recipient_head=None) if hit else parties
            return _held(reading, subject, parties)
    other = reading.actor(subject) if parties.recipient is None and kind in VIOLENT | VERBAL and not acts else None
    if other is None or kind is Kind.PROTEST or (kind in VERBAL and parties.actor is None):
        return parties
    basis = parties.basis | {"recipient": "who undergoes it"}
    return replace(parties, recipient=other, recipient_head=subject, basis=basis)


def _held(reading: Reading, subject: Token, parties: Parties) -> Parties:
    """The other party is who holds the ground that was hit: "the rebel-held town came under fire"."""
    for head in (h for child in subject.lefts for h in holders(child)):
        other = reading.actor(head)
        if other is not None and parties.recipient is None:
            basis = parties.basis | {"recipient": f"who holds “{subject.text}”"}
            return replace(parties, recipient=other, recipient_head=head, basis=basis)
    return parties


def _is_place(reading: Reading, head: Token) -> bool:
    """Whether a subject is a place, or a word for one: "Somalia", "the town of Kunduz", "the province"."""
    return head.i in reading.place_of_token or head.lemma_.lower() in reading.lexicon.generic_places


def _town_hit(reading: Reading, verb: Token, head: Token) -> bool:
    """Whether what was hit is a town or a part of a country, not those who live or rule there."""
    place = reading.place_of_token.get(head.i)
    if place is None or place.precision is Precision.COUNTRY or head.dep_ != "nsubjpass":
        return False
    return verb.lemma_.lower() in words(verb, "shaking")


def _harmed(verb: Token, head: Token) -> bool:
    """Whether what is welcomed is somebody's arrest, fall or resignation: he is not whom one stands by."""
    for above in (head, *head.ancestors):
        if above == verb:
            return False
        if above.dep_ == "dobj" and above.head == verb:
            return above != head and above.lemma_.lower() in words(verb, "harm")
    return False


def _blamed(token: Token) -> Iterator[tuple[Token, str, bool]]:
    """Who is blamed for an act that is a noun: "has been blamed for attacks", "suspected of the murder"."""
    noun = _whole(token)
    if noun.dep_ != "pobj":
        return
    verb = noun.head.head
    if not any(means(verb, word) and pivot(noun.head) in behind for word, behind in BEHIND.items()):
        return
    given = [c for c in verb.children if c.dep_ in ("nsubjpass", "dobj")]
    pronoun = verb.dep_ == "relcl" and any(head.tag_ in ("WDT", "WP") for head in given)
    if pronoun or (not given and verb.dep_ in ("acl", "relcl")):
        given = [verb.head]
    yield from ((head, f"who is said to be behind it: “{verb.text}”", True) for head in given)


def _with_a_part(token: Token) -> Iterator[tuple[Token, str, bool]]:
    """Who has a part in an act: "Moscow's role in the shelling", "the involvement of Wagner in the killings"."""
    noun = _whole(token)
    if noun.dep_ != "pobj" or pivot(noun.head) != "in":
        return
    share = noun.head.head
    if share.lemma_.lower() not in words(token, "shares"):
        return
    owners = [c for c in share.lefts if c.dep_ in ("poss", "amod", "compound", "nmod")]
    owners += [p for c in share.children if pivot(c) in ("of", "by") for p in c.children if p.dep_ == "pobj"]
    yield from ((head, f"whose “{share.text}” in it is told", False) for head in owners)
