"""Words announced by a mark: "X said:", "The statement read:", "Macron: ...", and signatures ("..." — Gen. X)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.extract.cues import Cue, span_of, speaks
from dateline.extract.reading import Reading
from dateline.parse.coreference import FIRST_PLURAL, FIRST_SINGULAR
from dateline.parse.forms import pivot
from dateline.parse.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 12
"""Words between a saying and the colon that closes it."""
NAME_WORDS = 8
"""Words that a speaker's name with its titles may have before a colon."""
BLANKS = 40
"""Characters within which a mark and its quotation stand beside each other."""
FIRST = FIRST_SINGULAR | FIRST_PLURAL
DASHES = frozenset({"-", "--", "—", "–", "―", "~"})
ENDS = frozenset({".", "!", "?", "”", '"'})
"""Marks after which a speaker's name may begin."""
_OPENING = ("“", '"', "‘", "«", "''", "``")


def announce(reading: Reading, found: list[Cue], quotes: list[Quotation]) -> list[Cue]:
    """Give announced words to the sayings that announce them; the cues made where the mark is the only one."""
    made: list[Cue] = []
    for token in reading.doc:
        if token.text == ":" and _ends_announcement(token):
            cue = _announcer(reading, found, token)
            if cue is not None:
                content = _passage(reading, found, token, cue, quotes)
                cue.content = content if cue.frame == "open" else cue.content | content
                cue.quoted = True
                if cue not in found:
                    made.append(cue)
        elif token.text in DASHES:
            made.extend(_signature(reading, found, token, quotes))
    return made


def _ends_announcement(colon: Token) -> bool:
    rest = colon.doc[colon.i + 1 : colon.i + 3]
    return any(t.is_space and "\n" in t.text for t in rest) or any(
        not t.is_space and (t.text[0].isupper() or t.text.startswith(_OPENING)) for t in rest[:2]
    )


def _announcer(reading: Reading, found: list[Cue], colon: Token) -> Cue | None:
    """The saying that the colon closes: its verb shortly before in the same line, or a bare name."""
    near = [
        c
        for c in found
        if c.source is not None
        and colon.i - REACH <= c.word.i < colon.i
        and c.shape == "verb"
        and _announces(reading, c)
    ]
    if near and not any("\n" in t.text for t in colon.doc[near[-1].word.i : colon.i]):
        return near[-1]
    return _by_voice(reading, colon) or _by_name(reading, colon)


def _announces(reading: Reading, cue: Cue) -> bool:
    """Whether the verb can introduce speech and the parser has not tied it to other words already."""
    return cue.word.lemma_.lower() in reading.lexicon.frames["clause"] and cue.frame in ("open", "clause", "object")


def _by_voice(reading: Reading, colon: Token) -> Cue | None:
    """ "gave the following statement:", "released these remarks:": the subject speaks through the noun."""
    for token in reversed(list(colon.doc[max(0, colon.i - REACH) : colon.i])):
        if token.lemma_.lower() in reading.lexicon.frames["announcing_noun"] and token.pos_ == "NOUN":
            verb = token.head
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None and speaks(reading, subject):
                return _plain(token, subject)
    return None


def _by_name(reading: Reading, colon: Token) -> Cue | None:
    """ "Macron: France will stay": a short name alone before the colon, at the start of its line."""
    first = colon.i
    while first > 0 and "\n" not in colon.doc[first - 1].text and colon.i - first <= NAME_WORDS:
        first -= 1
        if colon.doc[first].text in DASHES or (colon.doc[first].text in ENDS and colon.doc[first + 1].is_sent_start):
            first += 1
            break
    words = [t for t in colon.doc[first : colon.i] if not t.is_space]
    if not words or len(words) > NAME_WORDS or any(t.pos_ in ("VERB", "AUX") for t in words):
        return None
    head = _speaker(reading, words, colon)
    return None if head is None else _plain(colon, head)


def _speaker(reading: Reading, words: list[Token], colon: Token) -> Token | None:
    """Who the words before a colon name: a proper name, its post left off, or before a quotation a post alone."""
    end = next((n for n, t in enumerate(words) if n and (t.text == "," or t.pos_ == "ADP")), len(words))
    head = words[end - 1]
    quoted = _opens(reading.text, colon)
    label = head.i in reading.place_of_token and not quoted
    named = not label and (head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or reading.actor(head) is not None)
    capitals = len(head) > 1 and all(t.text.isupper() for t in words[:end] if t.is_alpha)
    if capitals or (named and head.pos_ == "PROPN"):
        return head
    return head if quoted and head.pos_ == "NOUN" and speaks(reading, head) else None


def _opens(text: str, colon: Token) -> bool:
    """Whether a quotation begins right after the colon."""
    return text[colon.idx + 1 : colon.idx + 1 + BLANKS].lstrip().startswith(_OPENING)


def _plain(word: Token, source: Token) -> Cue:
    return Cue(source, word, span_of(word, word), "assert", set(), shape="colon", frame="open")


def _passage(reading: Reading, found: list[Cue], colon: Token, cue: Cue, quotes: list[Quotation]) -> set[int]:
    """The announced words: the quotations that follow, else the sentence, or all after a line that ends in it."""
    doc = reading.doc
    if _opens(reading.shown, colon):
        return _quoted_passage(reading, colon, quotes)
    nxt = next((t for t in doc[colon.i + 1 :] if not t.is_space), None)
    if nxt is None:
        return set()
    if cue.word is not colon and "\n" in doc[colon.i + 1].text:
        return set(range(nxt.i, _next_speaker(found, colon)))
    if cue.word is colon:
        return {t.i for t in nxt.sent if t.i >= nxt.i and not t.is_space}
    return set(range(nxt.i, min(_own_words_end(nxt), _next_speaker(found, colon))))


def _own_words_end(first: Token) -> int:
    """Where unquoted announced words end: with their sentence, or with the paragraphs that say "we" or "I"."""
    doc = first.doc
    end = max(t.i for t in first.sent) + 1
    start = first.i
    while start < len(doc):
        stop = next((t.i for t in doc[start:] if t.is_space and "\n" in t.text), len(doc))
        if not any(pivot(t) in FIRST for t in doc[start:stop]):
            break
        end, start = stop, stop + 1
    return end


def _quoted_passage(reading: Reading, colon: Token, quotes: list[Quotation]) -> set[int]:
    """The quotation after the colon and those that go on from it with nothing between."""
    content: set[int] = set()
    end = -1
    for quote in quotes:
        if quote.start <= colon.idx:
            continue
        if end >= 0 and reading.shown[end : quote.start].strip("”\"“' \n") != "":
            break
        content |= set(reading.span_tokens(quote.start, quote.end))
        end = quote.end
    return content


def _next_speaker(found: list[Cue], colon: Token) -> int:
    """Index of the first sentence in which somebody else speaks, or the end of the report."""
    for later in found:
        other = later.vouching and later.word.i > colon.i
        if other and later.source is not None and later.source.pos_ != "PRON" and later.word.dep_ == "ROOT":
            return later.word.sent.start
    return len(colon.doc)


def _signature(reading: Reading, found: list[Cue], dash: Token, quotes: list[Quotation]) -> Iterator[Cue]:
    """A name after a dash right behind a quotation: "We stay." — Gen. Diallo."""
    gap = reading.shown[max(0, dash.idx - BLANKS) : dash.idx]
    before = dash.idx - len(gap) + len(gap.rstrip())
    quote = next((q for q in quotes if 0 <= before - q.end <= 2), None)
    if quote is None or any(quote.start <= c.word_span[0] < quote.end for c in found if c.quoted):
        return
    words = []
    for token in dash.doc[dash.i + 1 : dash.i + 1 + 2 * NAME_WORDS]:
        if (token.is_space and "\n" in token.text) or token.text == ",":
            break
        words.append(token)
    words = [t for t in words if not t.is_space and not t.is_punct]
    if not words or words[0].pos_ not in ("PROPN", "NOUN") or any(t.pos_ in ("VERB", "AUX") for t in words):
        return
    content = set(reading.span_tokens(quote.start, quote.end))
    cue = Cue(words[-1], dash, span_of(dash, dash), "assert", content, quoted=True, shape="dash", frame="open")
    if re.search(r"[A-Z]", words[-1].text):
        yield cue
