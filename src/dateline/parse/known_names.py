"""Names that the lexicon knows, found in a parsed report: actors, countries, demonyms, capitals."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.lexicon.actor_histories import ActorKind
from dateline.lexicon.actors import WORD, Family, KnownActor, Name, NameKind, article_folded, folded, names, words
from dateline.lexicon.countries import by_capital
from dateline.model import Sector
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UN_PEACEKEEPERS = "UN peacekeepers"
"""Canonical name of peacekeepers whose mission is not told."""

_GAP = re.compile(r"[ \-'./–&\n]{0,3}$")
_BRACKETED = re.compile(r"\(\s*[\"“']?(?:the )?([A-Z][A-Za-z\-]{1,9})[\"”']?\s*\)")
_OF_A_STATE = frozenset({Family.FORCE, Family.SECURITY, Family.POLICE, Family.GOVERNMENT, Family.JUNTA, Family.BODY})
_RUN = re.compile(r"[A-Z][\w'\-]+(?:[ \-](?:(?:of|for|the|and|de|in|on) ){0,2}[A-Z][\w'\-]+)+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name at tokens `first` to `last`, both inclusive."""

    name: Name
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Known names by token index, and acronyms of the report's own by token index of what they stand for."""

    hits: dict[int, Hit]
    expansions: dict[int, int]

    def at(self, index: int) -> Hit | None:
        """The known name that covers the token."""
        return self.hits.get(index)

    def state(self, token: Token | None) -> str | None:
        """The country that a word names as such, not by its capital or people."""
        hit = self.hits.get(token.i) if token is not None else None
        return hit.name.country if hit is not None and hit.name.kind is NameKind.COUNTRY else None

    def speaks_of(self, country: str | None) -> bool:
        """Whether the report names the state itself or its people, not only its capital."""
        plain = (NameKind.COUNTRY, NameKind.DEMONYM)
        return any(h.name.country == country and h.name.kind in plain for h in self.hits.values())

    def only_un_mission(self) -> KnownActor | None:
        """The one UN mission that the report names, None where it names none or several."""
        found = {a.name: a for h in self.hits.values() if (a := h.name.actor) is not None and _of_the_un(a)}
        return next(iter(found.values())) if len(found) == 1 else None

    def actor_names(self) -> frozenset[str]:
        """Canonical names of the known actors of the report."""
        return frozenset(h.name.actor.name for h in self.hits.values() if h.name.actor is not None)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def known_names(doc: Doc) -> KnownNames:
    """Every known name of the report, longest first; of two bearers the one whose country the report names."""
    text = folded(doc.text)
    found = [_Word(article_folded(m.group()), m.start(), m.end()) for m in WORD.finditer(text)]
    starts = [token.idx for token in doc]
    matches = _matches(text, found, doc.lang_)
    near = {m[0][0].country for m in matches if len(m[0]) == 1}
    firm = frozenset(m[0][0].country for m in matches if len(m[0]) == 1 and m[0][0].kind is not NameKind.DEMONYM)
    slips = _slips(matches, doc)
    spoken_of = frozenset(m[0][0].country for m in matches if _tells_state(m[0][0]))
    hits: dict[int, Hit] = {}
    for candidates, first_word, last_word in matches:
        first = bisect_right(starts, found[first_word].start) - 1
        last = bisect_right(starts, found[last_word].start) - 1
        name = next((c for c in candidates if c.country in near), candidates[0])
        name = slips.get(name.words, name)
        wrong = _misread(doc, name, first, last, hits) or _inside_longer(doc, name, first, last, hits)
        wrong = wrong or _of_region(doc, name, first, last, firm)
        if not wrong and not _elsewhere(name, spoken_of):
            hit = Hit(name, first, last)
            hits.update(dict.fromkeys(range(first, last + 1), hit))
    expansions = _expansions(doc, text, hits, starts)
    return KnownNames(hits, expansions)


def _matches(text: str, found: list[_Word], language: str) -> list[tuple[tuple[Name, ...], int, int]]:
    """Candidates with the indices of their first and last word, left to right, without overlap."""
    table = names(language)
    matches = []
    at = 0
    while at < len(found):
        best: tuple[Name, ...] = ()
        for name in table.get(found[at].text.casefold(), ()):
            if best and len(name.words) < len(best[0].words):
                break
            if _fits(text, found, at, name):
                best = (*best, name)
        if best:
            actors = tuple(n for n in best if n.actor is not None)
            matches.append((actors or best, at, at + len(best[0].words) - 1))
        at += len(best[0].words) if best else 1
    return matches


def _elsewhere(name: Name, spoken_of: frozenset[str | None]) -> bool:
    """Whether a name that many states use is that of a state the report does not speak of."""
    if name.actor is None or not words().among("generic_names", _written(name)):
        return False
    return name.country not in spoken_of and bool(spoken_of)


def _of_the_un(actor: KnownActor) -> bool:
    forms = (actor.name, *actor.aliases)
    return actor.kind is ActorKind.MISSION and any(form.startswith(("UN ", "United Nations ")) for form in forms)


def _tells_state(name: Name) -> bool:
    """Whether a name says by itself which state the report speaks of: a country, its government or its forces."""
    if name.actor is None:
        return True
    of_state = name.actor.sector in (Sector.GOV, Sector.MIL) and not name.actor.person
    return of_state and not words().among("generic_names", _written(name))


def _written(name: Name) -> str:
    return " ".join(name.words).lower()


def _slips(matches: list[tuple[tuple[Name, ...], int, int]], doc: Doc) -> dict[tuple[str, ...], Name]:
    """Demonyms that the report itself shows to be slips: "Nigerian" where it only speaks of Niger.

    Not where it names anything else of the demonym's own state ("ABUJA", "Boko Haram").
    """
    firm = {m[0][0].country for m in matches if m[0][0].kind in (NameKind.COUNTRY, NameKind.CAPITAL)}
    named = firm | {m[0][0].country for m in matches if m[0][0].kind is NameKind.ACTOR}
    capitals = (by_capital(t.text.title()) for t in doc if t.text.isupper())
    named |= {country.code for country in capitals if country is not None}
    found = {}
    for candidates, _, _ in matches:
        name = candidates[0]
        meant = words().slips.get(name.country or "")
        slip = meant in firm and name.country not in named
        if name.kind is NameKind.DEMONYM and slip:
            found[name.words] = Name(name.words, name.kind, meant)
    return found


def _fits(text: str, found: list[_Word], at: int, name: Name) -> bool:
    """Whether the name stands at the word: its first word in the same case, the others in any."""
    count = len(name.words)
    if at + count > len(found) or found[at].text != name.words[0]:
        return False
    for k in range(1, count):
        word, before = found[at + k], found[at + k - 1]
        if word.text.casefold() != name.words[k].casefold():
            return False
        gap = text[before.end : word.start]
        if _GAP.match(gap) is None or ("." in gap and len(before.text) > 3):
            return False
    if count == 1 and name.words[0].isupper():
        line = text[max(0, found[at].start - 14) : found[at].end + 14]
        return not (line.isupper() and len(line) > len(name.words[0]) + 8)
    return True


def _misread(doc: Doc, name: Name, first: int, last: int, hits: dict[int, Hit]) -> bool:
    """Whether a one-word name is only a piece of another name ("Richard Wagner", "Michael Jordan", "Sharon Stone")."""
    if name.actor is None and _part_of_place(doc, name, first, last):
        return True
    if first != last and not words().among("particles", name.words[0]):
        return False
    if name.kind is NameKind.DEMONYM:
        return first > 1 and doc[first - 1].text == "-" and pivot(doc[first - 2]) in ("al", "el")
    token = doc[first]
    person = name.actor is not None and name.actor.person
    before = doc[first - 1] if first > 0 else None
    after = doc[last + 1] if last + 1 < len(doc) else None
    if before is not None and _name_part(before, token) and first - 1 not in hits and not _title(before):
        return person or before.ent_type_ == token.ent_type_ == "PERSON"
    if after is not None and _name_part(after, token) and token.ent_type_ == after.ent_type_ == "PERSON":
        return words().family(pivot(after)) is None
    return False


def _of_region(doc: Doc, name: Name, first: int, last: int, firm: frozenset[str | None]) -> bool:
    """Whether a demonym names a part of the world here: "Latin American", "Central African" without a state's body."""
    if name.kind is not NameKind.DEMONYM:
        return False
    lexicon = words()
    written = _written(name)
    before = doc[first - 1] if first > 0 else None
    if lexicon.among("continental", written) and before is not None:
        return before.text[:1].isupper() and lexicon.among("parts_of_the_world", pivot(before))
    if not lexicon.among("regions_too", written) or name.country in firm:
        return False
    after = doc[last + 1] if last + 1 < len(doc) else None
    family = None if after is None else lexicon.family(pivot(after))
    return family not in _OF_A_STATE and not (family is Family.OFFICE and after is not None and after.tag_ != "NNS")


def _inside_longer(doc: Doc, name: Name, first: int, last: int, hits: dict[int, Hit]) -> bool:
    """Whether the name of a body is only a piece of a longer name ("South African National Defence Force").

    A nationality of another state before it, a capitalised word of the same organisation, or, for names that are
    ordinary words too ("Memorial"), any capitalised neighbour.
    """
    actor = name.actor
    if actor is None or actor.person:
        return False
    before = doc[first - 1] if first > 0 else None
    after = doc[last + 1] if last + 1 < len(doc) else None
    ordinary = len(name.words) == 1 and words().among("ordinary_names", name.words[0].lower())
    if ordinary and after is not None and _foreign_part(after, doc[last]):
        return True
    if before is None:
        return False
    one_name = before.ent_type_ == "ORG" and doc[first].ent_type_ == "ORG" and doc[first].ent_iob_ == "I"
    hit = hits.get(before.i)
    if hit is None:
        return (one_name or ordinary) and _foreign_part(before, doc[first])
    if hit.name.actor is not None or actor.country in (None, hit.name.country):
        return False
    local = actor.sector in (Sector.GOV, Sector.MIL, Sector.POL) or len(name.words) > 1
    return local and (one_name or hit.name.kind is NameKind.DEMONYM)


def _foreign_part(other: Token, token: Token) -> bool:
    """Whether the neighbour belongs to the same run of capitals and is no title or head word of its own."""
    return _name_part(other, token) and not _title(other) and not words().among("relational", pivot(other))


def _part_of_place(doc: Doc, name: Name, first: int, last: int) -> bool:
    """Whether a country's name only helps to name another place ("New Jersey", "Niger Delta", "Rosa de Lima")."""
    before = doc[first - 1] if first > 0 else None
    after = doc[last + 1] if last + 1 < len(doc) else None
    if before is not None and before.text[:1].isupper() and words().among("place_before", pivot(before)):
        return True
    if before is not None and pivot(before) == "de" and name.kind is NameKind.CAPITAL:
        return True
    named_after = after is not None and after.text[:1].isupper() and words().among("place_after", pivot(after))
    return named_after and name.kind is NameKind.COUNTRY


def _name_part(other: Token, token: Token) -> bool:
    """Whether the neighbour is a capitalised word of the same run."""
    if not other.text[:1].isupper() or other.pos_ != "PROPN" or not other.is_alpha:
        return False
    return not (other.i < token.i and other.is_sent_start and other.ent_type_ != "PERSON")


def _title(token: Token) -> bool:
    word = pivot(token).rstrip(".")
    lexicon = words()
    return lexicon.family(word) is not None or lexicon.among("honorifics", word) or lexicon.among("title_words", word)


def _expansions(doc: Doc, text: str, hits: dict[int, Hit], starts: list[int]) -> dict[int, int]:
    """Acronyms introduced in brackets, or made of the initials of a name of the report.

    One after a known name becomes that name for the whole report; any other points to its words.
    """
    meant: dict[str, int] = {}
    for match in _BRACKETED.finditer(text):
        before = bisect_right(starts, match.start()) - 1
        before -= 1 if before > 0 and starts[before] >= match.start() else 0
        while before > 0 and doc[before].is_space:
            before -= 1
        meant.setdefault(match.group(1), before)
    free = {t.text for t in doc if t.text.isupper() and 2 < len(t.text) < 8 and t.is_alpha and t.i not in hits}
    if free:
        for match in _RUN.finditer(text):
            initials = "".join(w[0] for w in re.split(r"[ \-]", match.group()) if w[:1].isupper())
            if initials in free:
                meant.setdefault(initials, bisect_right(starts, match.end() - 1) - 1)
    return _apply(doc, hits, meant)


def _apply(doc: Doc, hits: dict[int, Hit], meant: dict[str, int]) -> dict[int, int]:
    expansions: dict[int, int] = {}
    if not meant:
        return expansions
    for token in doc:
        at = meant.get(token.text)
        if at is None or at == token.i:
            continue
        hit = hits.get(at)
        if hit is not None and hit.name.kind is NameKind.ACTOR:
            hits[token.i] = Hit(hit.name, token.i, token.i)
        elif token.i not in hits and doc[at].pos_ in ("PROPN", "NOUN"):
            expansions[token.i] = at
    return expansions
