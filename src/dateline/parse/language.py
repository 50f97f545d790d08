"""Which language a report is in, and whether dateline reads it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

from dateline.lexicon.loading import mapping

CANDIDATES: Final = (
    "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr",
    "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ku", "ky", "lt", "lv", "mk", "ms",
    "nl", "no", "pl", "ps", "pt", "ro", "ru", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "th", "tr",
    "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
"""Languages of news that are told apart; a closed list keeps short texts from being taken for rare languages."""

SAMPLE: Final = 20_000
FEW_LETTERS: Final = 40
TOO_FEW: Final = 24
FEW_SURE: Final = 200
SURE: Final = 0.9
FEW_WORDS: Final = 30
LATIN_SHARE: Final = 0.97
COMMON_SHARE: Final = 0.15
MIXED_SHARE: Final = 0.05
DIFFERENT: Final = 4
TWO: Final = 2

_LANGUAGE_FILE = re.compile(r"([a-z]{2,3})\.yaml")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_WORD = re.compile("[a-z\u00e0-\u024f]+(?![^\\W\\d_])")
_LETTERS = re.compile(r"[^\W\d_]")


@cache
def supported() -> tuple[str, ...]:
    """The codes of the languages dateline reads: those with a `lexicon/<code>.yaml`."""
    names = (_LANGUAGE_FILE.fullmatch(item.name) for item in files("dateline.lexicon").iterdir())
    return tuple(sorted(found.group(1) for found in names if found is not None))


def language_of(text: str, *, declared: str | None = None) -> str:
    """The ISO 639-1 code of the language of `text`, by its small words, else by py3langid, in 20,000 characters.

    A text that is `plain` in a language we read needs no identifier, which takes most of a second to load.
    With fewer than 40 letters the declared language is believed, or with fewer than 24 English, unless most letters
    are not Latin; between them only a language that we read is.
    A longer text is believed over what a page declares when the identifier is sure; below 200 Latin letters
    an unsure identifier is not believed against its small words, nor without any against English.
    """
    sample = text[:SAMPLE]
    letters = _LETTERS.findall(sample)
    declared = code(declared)
    latin = sum(char < "\u0250" or "\u1e00" <= char < "\u1f00" for char in letters)
    if len(letters) < (FEW_LETTERS if declared is not None else TOO_FEW) and 2 * latin >= len(letters):
        return declared or "en"
    clear = plain(sample)
    if clear is not None:
        return clear
    found, confidence = _identifier().classify(sample)
    if confidence >= SURE and (len(letters) >= FEW_LETTERS or found in supported()):
        return str(found)
    if len(letters) >= FEW_SURE or 2 * latin < len(letters):
        return declared or str(found)
    return declared or _by_few(sample, str(found)) or "en"


def plain(text: str) -> str | None:
    """The language whose small words are many in a text of Latin letters, None if that does not settle it.

    Running English has 14 to 33 of 100 words in its list, other languages at most five, half English texts about ten;
    French has 14 to 27 of its own. A text with words of two lists is left to the identifier.
    """
    words = _LATIN_WORD.findall(text.lower())
    if len(words) < FEW_WORDS or len(words) < LATIN_SHARE * len(_WORD.findall(text)):
        return None
    shares = {language: [w for w in words if w in common] for language, common in _common_words().items()}
    clear = [
        language
        for language, found in shares.items()
        if len(found) >= COMMON_SHARE * len(words) and len(set(found)) >= DIFFERENT
    ]
    others = (len(found) for language, found in shares.items() if language not in clear)
    return clear[0] if len(clear) == 1 and max(others, default=0) < MIXED_SHARE * len(words) else None


def _by_few(text: str, found: str) -> str | None:
    """The language of a sentence or two that most of its small words are of; one is enough for the identifier's own.

    None for a text with small words of two languages in equal number, or with none.
    """
    words = [word for word in _WORD.findall(text) if word.islower()]  # no "El Obeid", no "Le Monde"
    told = {language: sum(w in common for w in words) for language, common in _common_words().items()}
    first, second, *_ = sorted(told, key=lambda language: -told[language])
    enough = told[first] >= TWO or (first == found and told[first] > 0)
    return first if enough and told[first] > told[second] else None


def code(tag: str | None) -> str | None:
    """The bare language of a tag ("en-GB", "EN_us" -> "en"), or None where it is not one."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", tag) if tag is not None else None
    return found.group(1).lower() if found is not None else None


@cache
def _common_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words) for language, words in mapping("common_words.yaml").items()}


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(CANDIDATES))
    return identifier
