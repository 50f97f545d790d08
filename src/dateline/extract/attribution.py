"""Attribution of a finding or a bare cue: who says it, and the chain through which it reached the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from dateline.extract.chain import Chain
from dateline.extract.cues import Cue
from dateline.extract.finding import Finding
from dateline.extract.reading import Reading
from dateline.extract.relays import Relays, quoted_by
from dateline.extract.sources import Sources
from dateline.model import Attribution, Commitment, Kind, Mention, Quote
from dateline.parse.coreference import FIRST_PLURAL, FIRST_SINGULAR
from dateline.parse.forms import pivot

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Attributor", "Chain"]

Judge = Callable[[Reading, Cue], Commitment]
"""Tells the report's own commitment to what a cue says."""


class Attributor:
    """Finds who says what in one report. `judge`, where given, fills the report's own commitment."""

    def __init__(
        self, reading: Reading, cues: Iterable[Cue], quoted: frozenset[int], *, judge: Judge | None = None
    ) -> None:
        self._reading = reading
        self._cues = [quoted_by(reading, cue) for cue in cues]
        self._quoted = quoted
        self._judge = judge
        self._sources = Sources(reading, self._cues)
        self._relays = Relays(reading, self._cues, self._sources)

    def chain(self, finding: Finding) -> Chain:
        """The cues whose content holds the finding's word, innermost first, and what they say together."""
        covering = [c for c in self._cues if self._covers(c, finding)]
        covering.sort(key=lambda c: (c.size, c.word.i))
        kept = self._distinct(covering)
        if not kept:
            return Chain((), None)
        words = self._reading.span_tokens(finding.evidence.start, finding.evidence.end)
        return Chain(tuple(kept), self._attribution(kept, words))

    def said(self, cue: Cue) -> Attribution:
        """The attribution of a saying as such: its source, and the relays of the sayings it stands in."""
        own = quoted_by(self._reading, cue)
        over = [c for c in self._cues if cue.word.i in c.content and c.word.i != cue.word.i and cue.size <= c.size]
        over.sort(key=lambda c: (c.size, c.word.i))
        kept = self._distinct([own, *over])
        return self._attribution(kept, sorted(cue.content)) or self._unsourced(own, sorted(cue.content))

    def _covers(self, cue: Cue, finding: Finding) -> bool:
        word = finding.token
        if cue.shape == "responsibility":
            return finding.kind is Kind.ATTACK and (word.i in cue.content or word.i == cue.word.i)
        if cue.word.i == word.i or word.i not in cue.content:
            return False
        return not (cue.source is not None and word.i == cue.source.i)

    def _distinct(self, cues: Sequence[Cue]) -> list[Cue]:
        """One cue a source, innermost first; a speaker's own "we said" is his."""
        kept: list[Cue] = []
        for cue in cues:
            if kept and (self._own_words(kept[-1], cue) or self._object_of(kept[-1], cue)):
                kept[-1] = cue
            elif kept and self._same_source(kept[-1], cue):
                kept[-1].quoted = kept[-1].quoted or cue.quoted
            else:
                kept.append(cue)
        return kept

    def _own_words(self, inner: Cue, outer: Cue) -> bool:
        """Whether the inner source is the outer one speaking of himself: "We informed her", he said."""
        first = FIRST_SINGULAR | FIRST_PLURAL
        return inner.source is not None and pivot(inner.source) in first and outer.source is not None

    def _object_of(self, inner: Cue, outer: Cue) -> bool:
        """Whether the outer verb only takes a stand on the inner noun: "denied reports that"."""
        noun = inner.word
        return inner.shape == "noun" and outer.shape != "noun" and noun.head == outer.word and noun.dep_ == "dobj"

    def _same_source(self, one: Cue, other: Cue) -> bool:
        if one.source is None or other.source is None:
            return one.source is other.source
        return one.source.i == other.source.i or self._sources.key(one.source) == self._sources.key(other.source)

    # -- from cues to who says it

    def _attribution(self, cues: Sequence[Cue], words: Sequence[int]) -> Attribution | None:
        at = next((n for n, c in enumerate(cues) if c.source is not None or c.shape != "noun"), None)
        if at is None:
            return None
        inner = cues[at]
        if inner.source is None:
            return self._unsourced(inner, words, self._through(cues[at + 1 :]))
        cited = self._relays.cited(inner)
        told = self._relays.told(inner) or self._relays.carried(inner)
        via = [*self._through([c for c in cues[at + 1 :] if self._passes_on(c, inner)]), *told]
        if cited is not None:
            via.append(self._relay_name(inner.source))
            last = self._relays.cited_in_turn(cited)
            if last is not None:
                via.append(self._relay_name(cited))
                cited = last
        return self._filled(inner, cited or inner.source, words, via)

    def _filled(self, cue: Cue, token: Token, words: Sequence[int], via: Sequence[str]) -> Attribution:
        source = self._sources.source(token)
        return Attribution(
            source=source,
            source_kind=self._sources.kind(token),
            anonymous=self._sources.anonymous(token),
            cue=self._mention(cue),
            quote=self._quote(cue, words),
            via=tuple(dict.fromkeys(v for v in via if v not in (source.name, source.text))),
            commitment=self._commitment(cue),
        )

    def _unsourced(self, cue: Cue, words: Sequence[int], via: Sequence[str] = ()) -> Attribution:
        """Somebody who is not named at all: "was said to have"."""
        return Attribution(
            source=None,
            source_kind=self._sources.kind(None),
            anonymous=True,
            cue=self._mention(cue),
            quote=self._quote(cue, words),
            via=tuple(dict.fromkeys(via)),
            commitment=self._commitment(cue),
        )

    def _commitment(self, cue: Cue) -> Commitment | None:
        return None if self._judge is None else self._judge(self._reading, cue)

    def _mention(self, cue: Cue) -> Mention:
        start, end = cue.word_span
        return Mention(self._reading.text[start:end], start, end)

    def _through(self, outer: Sequence[Cue]) -> list[str]:
        """Who passes it on, from the report outwards: the outlets each one told, then that one."""
        via: list[str] = []
        for cue in reversed(outer):
            via += self._relays.told(cue) or self._relays.carried(cue)
            if cue.source is None or not self._relays_by_name(cue.source):
                continue
            via.append(self._relay_name(cue.source))
            cited = self._relays.cited(cue)
            if cited is not None:
                via.append(self._relay_name(cited))
        return list(dict.fromkeys(via))

    def _relays_by_name(self, source: Token) -> bool:
        """Whether the source is somebody, not the mouthpiece of another, hearsay or a pronoun for nobody known."""
        nobody = self._sources.is_hearsay(source) or self._sources.is_pronoun(source)
        return not nobody and not self._speaks_for_its_author(source)

    def _passes_on(self, outer: Cue, inner: Cue) -> bool:
        """Whether the outer source says that the inner one says it: in one sentence, or within its quoted words."""
        if inner.word.i in self._quoted or outer.shape == "colon":
            return True
        if outer.word.sent != inner.word.sent:
            return False
        first, last = sorted((inner.word.i, outer.word.i))
        return not any(t.text == ";" for t in inner.word.doc[first:last]) and not self._beside(inner.word, outer.word)

    def _beside(self, inner: Token, outer: Token) -> bool:
        """Whether the inner saying only goes along with the outer one: "X said ..., while Y told ..."."""
        alongside = self._reading.lexicon.words["voice.alongside"]
        current = inner
        while True:
            marks = {pivot(c) for c in current.children if c.dep_ in ("mark", "advmod") and c.i < current.i} & alongside
            direct = current.head == outer and current.dep_ == "advcl"
            if marks - {"as"} or (marks and direct):
                return True
            if current.head in (current, outer):
                return False
            current = current.head

    def _relay_name(self, source: Token) -> str:
        outlet = self._sources.is_outlet(source)
        return self._sources.outlet_name(source) if outlet else self._sources.name(source)

    def _speaks_for_its_author(self, source: Token) -> bool:
        """A statement through which somebody speaks is no relay; a report on what others say is."""
        mouthpiece = source.lemma_.lower() in self._reading.lexicon.words["voice.mouthpieces"]
        return mouthpiece and self._sources.is_document(source)

    def _quote(self, cue: Cue, words: Sequence[int]) -> Quote:
        """How the words are given, by the share of them in quotation marks."""
        tokens = [i for i in words if self._reading.doc[i].is_alpha]
        inside = sum(1 for i in tokens if i in self._quoted)
        if cue.shape == "colon" or (tokens and inside == len(tokens)):
            return Quote.DIRECT
        return Quote.MIXED if inside else Quote.INDIRECT
