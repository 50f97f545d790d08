"""Attribution of a finding: the chain of who says it, outermost first, from the cues that cover it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract.arguments import CLAUSAL
from dateline.extract.cues import Cue, is_media
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.extract.sources import is_anonymous, source_kind, source_mention
from dateline.model import Attribution, Kind, Mention, Quote, Source

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Chain:
    """The cues over a finding, innermost first, and the attribution they make."""

    cues: tuple[Cue, ...]
    attribution: Attribution | None


class Attributor:
    """Finds the attribution of findings of one report; remembers which source spoke to which outlet."""

    def __init__(self, reading: Reading, cues: list[Cue], quoted: frozenset[int]) -> None:
        self._reading = reading
        self._cues = cues
        self._quoted = quoted
        self._outlets = self._spoken_to()

    def chain(self, finding: Finding) -> Chain:
        """The cues whose content holds the finding's word, innermost first, and what they say together."""
        covering = [c for c in self._cues if self._covers(c, finding)]
        covering.sort(key=lambda c: (c.size, c.shape == "quote", c.word.i))
        kept: list[Cue] = []
        for cue in covering:
            if kept and self._same_source(kept[-1], cue):
                if cue.quoted:
                    kept[-1] = _merged(kept[-1], cue)
                continue
            kept.append(cue)
        if not kept:
            return Chain((), None)
        return Chain(tuple(kept), self._attribution(finding, kept))

    def _covers(self, cue: Cue, finding: Finding) -> bool:
        word = finding.token
        if cue.shape == "responsibility":
            return finding.kind is Kind.ATTACK and (word.i in cue.content or word.i == cue.word.i)
        if cue.word.i == word.i or word.i not in cue.content:
            return False
        return not (cue.source is not None and word.i == cue.source.i)

    def _same_source(self, one: Cue, other: Cue) -> bool:
        if one.source is None or other.source is None:
            return one.source is other.source
        if one.source.i == other.source.i:
            return True
        first, second = self._reading.actor(one.source), self._reading.actor(other.source)
        return (
            first is not None
            and second is not None
            and (first.name, first.country)
            == (
                second.name,
                second.country,
            )
        )

    def _attribution(self, finding: Finding, cues: list[Cue]) -> Attribution | None:
        inner = next((c for c in cues if c.source is not None or c.shape != "noun"), None)
        if inner is None:
            return None
        via: list[str] = []
        for cue in reversed(cues):
            if cue.source is not None and cue is not inner and is_media(self._reading, cue.source):
                via.append(self._name(cue.source))
                continue
            for outlet in self._told(cue):
                if outlet not in via:
                    via.append(outlet)
            if cue is not inner and cue.source is not None:
                via.append(self._name(cue.source))
        reading = self._reading
        start, end = inner.word_span
        source = None
        if inner.source is not None:
            text, begin, stop = source_mention(reading, inner.source)
            source = Source(text, begin, stop, self._name(inner.source))
        return Attribution(
            source=source,
            source_kind=source_kind(reading, inner.source),
            anonymous=is_anonymous(reading, inner.source),
            cue=Mention(reading.text[start:end], start, end),
            quote=self._quote(finding, inner),
            via=tuple(v for v in via if source is None or v != source.name),
        )

    def _quote(self, finding: Finding, cue: Cue) -> Quote:
        tokens = [
            i
            for i in self._reading.span_tokens(finding.evidence.start, finding.evidence.end)
            if self._reading.doc[i].is_alpha
        ]
        inside = sum(1 for i in tokens if i in self._quoted)
        if cue.shape == "colon" or (tokens and inside == len(tokens)):
            return Quote.DIRECT
        return Quote.MIXED if inside else Quote.INDIRECT

    def _name(self, source: Token) -> str:
        actor = self._reading.actor(source)
        return actor.name if actor is not None else source_mention(self._reading, source)[0].removeprefix("the ")

    def _key(self, source: Token) -> str:
        resolved = self._reading.cast.resolved(source) or source
        return source_mention(self._reading, resolved)[0].lower().removeprefix("the ").removeprefix("a ")

    def _spoken_to(self) -> dict[str, tuple[str, ...]]:
        """Source -> outlets it is said to have spoken to anywhere in the report."""
        table: dict[str, tuple[str, ...]] = {}
        for cue in self._cues:
            if cue.source is not None and cue.told:
                table.setdefault(self._key(cue.source), tuple(self._name(t) for t in cue.told))
        return table

    def _told(self, cue: Cue) -> tuple[str, ...]:
        if cue.told:
            return tuple(self._name(t) for t in cue.told)
        return self._outlets.get(self._key(cue.source), ()) if cue.source is not None else ()


def _merged(inner: Cue, outer: Cue) -> Cue:
    inner.quoted = True
    return inner


def governors(token: Token) -> list[Token]:
    """The verbs and nouns that embed a word, innermost first, up to the root of its sentence."""
    out: list[Token] = []
    current = token
    while current.head != current:
        if current.dep_ in CLAUSAL or current.head.pos_ in ("VERB", "AUX", "NOUN", "ADJ"):
            out.append(current.head)
        current = current.head
    return out
