"""The attributions of a report as a layer of their own: who says, thinks or wants what, span by span.

Claims are attributed by the same sayings (`speech`), but only by those that vouch for their content.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.extract.cues import Cue
from dateline.extract.reading import Reading
from dateline.extract.speech import quoted_tokens, sayings


def attributions(reading: Reading, *, inside_quotations: bool = False) -> Iterator[Cue]:
    """Every saying and attitude of the report, in the order of their cues.

    An attitude inside somebody's words ("he said they hoped to leave") belongs to those words and is left out; so
    is everything inside quotation marks, unless `inside_quotations`. A saying inside a saying is kept: it is
    a longer chain.
    """
    found = sorted(sayings(reading), key=lambda c: (c.word.i, -c.size))
    quoted = frozenset() if inside_quotations else quoted_tokens(reading)
    for cue in found:
        if cue.word.i in quoted:
            continue
        if is_saying(reading, cue) or not any(c is not cue and cue.word.i in c.content for c in found):
            yield cue


def is_saying(reading: Reading, cue: Cue) -> bool:
    """Whether the cue is one of speech, not of thought, wish, judgement or impression."""
    thought = cue.word.lemma_.lower() in reading.lexicon.frames["thought"]
    return (cue.vouching and not thought) or cue.shape == "according"
