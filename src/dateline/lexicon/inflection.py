"""Forms of the words of a word list, by the endings and spellings that its language's file gives: form -> lemma.

For what a parser's lemmatiser does not know. Regular forms are made from `conjugation` and `declension`, `stems` has
the further stems of a verb ("desplieg" of "desplegar"), `irregular` whole forms, `spelling` how a stem is written
before an ending ("ataqu" before "e"). Too many forms are made rather than too few: no report has the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Spelling = Mapping[str, Mapping[str, str]]
"""How a stem ends -> letters an ending may begin with -> how the stem ends before them."""


def conjugated(
    words: Iterable[str],
    endings: Mapping[str, Sequence[str]],
    spelling: Mapping[str, Spelling],
    stems: Mapping[str, Sequence[str]],
    irregular: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """Form -> infinitive, for every verb of the list; the first verb that has a form keeps it, irregular ones first."""
    table = {form: verb for verb, forms in irregular.items() for form in forms}
    for word in words:
        bare = word.removeprefix("se_")
        ending = next((e for e in endings if bare.endswith(e) and "_" not in bare), None)
        if ending is None:
            continue
        for stem in (bare.removesuffix(ending), *stems.get(bare, ())):
            for suffix in endings[ending]:
                table.setdefault(_spelt(stem, suffix, spelling.get(ending, {})), bare)
    return table


def _spelt(stem: str, suffix: str, spelling: Spelling) -> str:
    """Stem and ending as they are written: "c" keeps its sound before "a" in French, before "e" in Spanish."""
    for end, before in spelling.items():
        if stem.endswith(end):
            for letters, written in before.items():
                if suffix[:1] and suffix[0] in letters:
                    return stem.removesuffix(end) + written + suffix
    return stem + suffix


def declined(words: Iterable[str], endings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Form -> noun or adjective of the list: plurals, and the feminine where the language has one.

    The longest ending of `endings` that the word has is taken; "_" stands for any word.
    """
    table: dict[str, str] = {}
    known = frozenset(words)
    for word in known:
        end = next((e for e in sorted(endings, key=len, reverse=True) if e != "_" and word.endswith(e)), "_")
        for ending in endings.get(end, ()):
            form = (word if end == "_" else word.removesuffix(end)) + ending
            if form not in known:
                table.setdefault(form, word)
    return table
