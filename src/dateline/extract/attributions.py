"""The attributions of a report as a layer of their own: who says, thinks or wants what, span by span.

Claims are attributed by the same sayings (`speech`), but only by those that vouch for their content.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.extract.cues import ATTITUDE, Cue
from dateline.extract.reading import Reading
from dateline.extract.speech import sayings
from dateline.parse.forms import means, pivot


def attributions(reading: Reading, *, inside_quotations: bool = False) -> Iterator[Cue]:
    """Every saying and attitude of the report, in the order of their cues.

    An attitude inside somebody's words ("he said they hoped to leave") belongs to those words and is left out; so
    is everything inside quotation marks, unless `inside_quotations`. A saying inside a saying is kept: it is
    a longer chain.
    """
    found = sorted(sayings(reading), key=lambda c: (c.word.i, -c.size))
    quoted = frozenset() if inside_quotations else reading.quoted
    for cue in found:
        if cue.word.i in quoted:
            continue
        if is_saying(reading, cue) or not any(c is not cue and cue.word.i in c.content for c in found):
            yield cue


def is_saying(reading: Reading, cue: Cue) -> bool:
    """Whether the cue is one of speech, not of thought, wish, judgement or impression."""
    thought = cue.word.lemma_.lower() in reading.lexicon.frames["thought"]
    return (cue.vouching and not thought) or cue.shape == "according"


def is_reported(reading: Reading, cue: Cue) -> bool:
    """Whether somebody is reported to have said, promised or denied the content, or nobody named to hold it so.

    Wishes, judgements, impressions and decisions are attitudes; acts of speech without a content clause are acts.
    """
    if _no_report(reading, cue):
        return False
    if cue.vouching or cue.shape in ("according", "adverb", "colon", "dash"):
        return True
    if cue.frame in ("clause", "open", "quoted_as") and cue.how not in (ATTITUDE, "intend"):
        return True
    if cue.frame == "object" and cue.shape == "verb":
        return _told_of(reading, cue)
    if cue.frame == "held_of":
        return cue.how != ATTITUDE
    return cue.how == "intend" and cue.frame in ("infinitive", "clause")


def _no_report(reading: Reading, cue: Cue) -> bool:
    """A wish with "ask", "asked whether" without an asker, "neither confirm nor deny"."""
    lemma = cue.word.lemma_.lower()
    if lemma in reading.lexicon.frames["asking"]:
        first = reading.doc[min(cue.content)]
        question = first.tag_ in ("WP", "WRB", "WDT") or pivot(first) in reading.lexicon.frames["question"]
        return cue.source is None or not (question or cue.quoted)
    return cue.how == "deny" and cue.word.dep_ == "conj" and means(cue.word.head, "confirm")


def _told_of(reading: Reading, cue: Cue) -> bool:
    """A judgement that is quoted or gives a name or number ("called the raid a crime"), or what a picture shows."""
    frames, lemma, source = reading.lexicon.frames, cue.word.lemma_.lower(), cue.source
    if source is None or source.i in reading.quoted:
        return False
    if lemma in frames["showing"]:
        return source.lemma_.lower() in reading.lexicon.words["voices"]
    if lemma not in frames["naming"]:
        return False
    named = any(c.dep_ in ("oprd", "ccomp") for c in cue.word.children) or lemma == "put"
    return not reading.quoted.isdisjoint(cue.content) or (
        named and any(reading.doc[i].pos_ != "PRON" for i in cue.content)
    )
