"""Direct speech: quotations given to their speakers, quotations that run on, words announced by a colon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.extract.announced import announce
from dateline.extract.cues import Cue
from dateline.extract.phrase_cues import according, adjective_cues, adverb_cues, noun_cues, opinion
from dateline.extract.reading import Reading
from dateline.extract.verb_cues import coordinated_speaker, verb_cues
from dateline.parse.forms import follows, pivot
from dateline.parse.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

SPEECH_WORDS = 4
LONG_WORD = 3
"""Letters above which a word of a title has a capital."""
REPLY = 5
"""Words within which the saying follows a short quotation."""
CONTRAST = frozenset({"while", "whereas", "whilst"})
NEARBY_SENTENCES = 2


def speech(reading: Reading) -> list[Cue]:
    """The cues by which claims are attributed: those that say who vouches for their content."""
    return [c for c in sayings(reading) if c.vouching and not _own_voice(c, reading.quoted)]


def _own_voice(cue: Cue, quoted: frozenset[int]) -> bool:
    """The report's own "I" or "we", outside quotation marks and anybody's words: nobody else vouches."""
    return cue.source is not None and pivot(cue.source) in ("i", "we") and cue.source.i not in quoted


def sayings(reading: Reading) -> list[Cue]:
    """All cues of the report, with whole quotations and announced passages in their contents."""
    found = list(_cues(reading))
    quotes = [q for q in reading.quotations if _is_speech(reading, q)]
    found += announce(reading, found, quotes)
    _give_quotes(reading, found, quotes)
    _part(reading, found)
    for cue in found:
        if cue.quoted and cue.shape == "verb" and cue.source is not None and cue.source.i in cue.content:
            cue.source = None  # who speaks in the quotation: 'tweeted the general: "In ten days I take Gao"'
    return _distinct([c for c in found if c.content])


def _part(reading: Reading, found: list[Cue]) -> None:
    """Take out of a saying what another speaker says beside it: "X said A, while Y said B", "X said A; Y said B"."""
    for inner in found:
        if inner.shape != "verb" or inner.source is None:
            continue
        begins = _alongside(inner.word)
        if begins is None and coordinated_speaker(reading, inner.word) is not None:
            begins = inner.word.left_edge.i
        if begins is None:
            continue
        for outer in found:
            if outer is not inner and outer.word.i < begins and inner.word.i in outer.content and not outer.quoted:
                outer.content = {i for i in outer.content if i < begins}


def _alongside(verb: Token) -> int | None:
    """Where the clause of a verb begins, if it only stands beside the one before: after ";", with "while"."""
    clause = verb
    while clause.dep_ in ("ccomp", "conj", "xcomp") and clause.head.i > clause.i and clause.head != clause:
        clause = clause.head
    first = clause.left_edge
    if follows(first, ";"):
        return first.i
    if verb.dep_ == "relcl" and _taken_up(verb):
        return verb.left_edge.i
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and pivot(c) in CONTRAST for c in verb.children):
        return verb.left_edge.i if follows(verb.left_edge, ",") else None
    semicolon = next((t for t in reversed(verb.doc[verb.sent.start : verb.i]) if t.text == ";"), None)
    own = any(c.dep_ == "nsubj" for c in verb.children)
    return semicolon.i + 1 if semicolon is not None and own and verb.dep_ == "ccomp" else None


def _taken_up(verb: Token) -> bool:
    """ "accused Israel of spying, which Israel denied": a clause that closes the sentence and is another's answer."""
    first, last = verb.left_edge, verb.right_edge
    whole = pivot(first) == "which" and first.dep_ in ("dobj", "nsubjpass") and follows(first, ",")
    return whole and all(t.is_punct or t.is_space for t in verb.doc[last.i + 1 : verb.sent.end])


def _distinct(found: list[Cue]) -> list[Cue]:
    """Without nouns that say just what the verb over them says: "wrote in a message that"."""
    verbs = [c.content for c in found if c.shape == "verb"]
    return [c for c in found if c.shape != "noun" or not any(c.content == other for other in verbs)]


def _cues(reading: Reading) -> Iterator[Cue]:
    """The cues that the parse shows, in text order."""
    for token in reading.doc:
        if pivot(token) in reading.lexicon.words["according"]:
            yield from according(reading, token)
        elif token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            yield from verb_cues(reading, token)
        elif token.pos_ == "NOUN":
            yield from opinion(reading, token)
            yield from noun_cues(reading, token)
        elif token.pos_ == "ADJ":
            yield from adjective_cues(reading, token)
        elif token.pos_ == "ADV":
            yield from adverb_cues(reading, token)


def _is_speech(reading: Reading, quote: Quotation) -> bool:
    """Whether quoted words are speech, not a title, a nickname or scare quotes."""
    span = reading.span_tokens(quote.start, quote.end)
    tokens = [reading.doc[i] for i in span]
    words = [t for t in tokens if t.is_alpha]
    if _is_title(words):
        return False
    if len(words) >= SPEECH_WORDS or (len(words) > 1 and any(t.pos_ in ("VERB", "AUX") for t in tokens)):
        return True
    if not words or not words[0].text[0].isupper():
        return False
    return _said_directly(reading, tokens[0]) or _answered(reading, tokens[-1])


def _is_title(words: list[Token]) -> bool:
    """Words in title case: the name of a book, a film, a paper."""
    long = [w for w in words if len(w) > LONG_WORD]
    return len(long) > 2 and all(w.text[0].isupper() for w in long)


def _answered(reading: Reading, last: Token) -> bool:
    """Whether a short quotation ends in a sign and its saying follows: "Not one," the minister replied."""
    if last.text not in (",", "!", "?"):
        return False
    after = last.doc[last.i + 1 : last.i + 2 + REPLY]
    return any(t.lemma_.lower() in reading.lexicon.frames["uttering"] for t in after if t.pos_ == "VERB")


def _said_directly(reading: Reading, first: Token) -> bool:
    """Whether a verb of saying and a comma or colon stand right before a short quotation: he said, "No." """
    before = [t for t in first.doc[max(0, first.i - 5) : first.i] if not t.is_quote and not t.is_space]
    if len(before) < 2 or before[-1].text not in (",", ":"):
        return False
    return before[-2].lemma_.lower() in reading.lexicon.frames["clause"]


def _give_quotes(reading: Reading, found: list[Cue], quotes: list[Quotation]) -> None:
    """Add every quotation to the saying that holds it: the covering one, else the nearest, else the one before."""
    previous: tuple[Quotation, Cue] | None = None
    for quote in quotes:
        indices = set(reading.span_tokens(quote.start, quote.end))
        if not indices:
            continue
        cue = _covering(found, indices) or _nearest(reading, found, quote, indices)
        if cue is None and previous is not None and _continues(reading, previous[0], quote):
            cue = previous[1]
        if cue is None:
            continue
        cue.content |= indices
        cue.quoted = True
        previous = (quote, cue)


def _covering(found: list[Cue], indices: set[int]) -> Cue | None:
    """The smallest cue that already holds at least half of the quoted words."""
    holding = [c for c in found if len(c.content & indices) * 2 >= len(indices) and c.word.i not in indices]
    return min(holding, key=lambda c: c.size, default=None)


def _nearest(reading: Reading, found: list[Cue], quote: Quotation, indices: set[int]) -> Cue | None:
    """The saying in the quotation's own sentence, else in the sentences beside it in the same paragraph."""
    doc = reading.doc
    start, end = _paragraph(reading, quote.start)
    first, last = doc[min(indices)].sent, doc[max(indices)].sent
    best: tuple[tuple[int, bool, int], Cue] | None = None
    for cue in found:
        if cue.word.i in indices or cue.source is None or not start <= cue.word.idx < end:
            continue
        if cue.shape == "noun" or (cue.how == "doubt" and not _asks(reading, cue)):
            continue
        distance = _sentences_between(cue.word, first, last)
        if distance > NEARBY_SENTENCES:
            continue
        gap = min(abs(cue.word.i - min(indices)), abs(cue.word.i - max(indices)))
        key = (distance, _taken(cue), gap)
        if best is None or key < best[0]:
            best = key, cue
    return best[1] if best is not None else None


def _asks(reading: Reading, cue: Cue) -> bool:
    return cue.word.lemma_.lower() in reading.lexicon.frames["asking"]


def _taken(cue: Cue) -> bool:
    """A participle that has its own clause ("..., noting that") before a main verb of saying."""
    return cue.word.tag_ == "VBG" and cue.word.dep_ == "advcl" and bool(cue.content) and not cue.quoted


def _sentences_between(word: Token, first: TokenSpan, last: TokenSpan) -> int:
    if first.start <= word.i < last.end:
        return 0
    low, high = (word.i, first.start) if word.i < first.start else (last.end - 1, word.i)
    return 1 + sum(1 for t in word.doc[low + 1 : high] if t.is_sent_start)


def _paragraph(reading: Reading, offset: int) -> tuple[int, int]:
    text = reading.shown
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end


def _continues(reading: Reading, before: Quotation, quote: Quotation) -> bool:
    """Whether a quotation goes on from the one before: the paragraph before ended in it, or is all quotation."""
    between = reading.shown[before.end : quote.start].strip("”\"“' \n.,")
    if before.open_ended and not between:
        return True
    start, end = _paragraph(reading, quote.start)
    paragraph = reading.shown[start:end].strip()
    bare = len(paragraph) - (quote.end - quote.start) < 12
    return bare and len(between) < 200
