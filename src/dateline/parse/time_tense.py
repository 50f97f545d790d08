"""Which way the clause of a time points: "on Friday" after "will leave" is the next one, after "left" the last.

Read from the words alone, because times are read without a parse. The words before the time in its sentence decide,
the nearest first; where they say nothing, the first deciding word after it does. The words are in the lexicon,
`times_<language>.yaml`, under `tense`.
"""

from __future__ import annotations

from dateline.lexicon.times import TenseWords
from dateline.parse.time_frame import Found, Tense
from dateline.parse.time_guards import preposition
from dateline.parse.time_tokens import Token

_REACH = 40
_INITIALS = 4
_EVENT_REACH = 4
_FRONTED = 3
_OBJECT_REACH = 6
_SHORT_PAST = 4
_NOUNS = frozenset({"other", "uday", "uweek", "umonth", "uyear", "unit", "season", "quarter", "final"})
_LEADS = frozenset({"the", "name", "a", "s", "fiscal", "ordinal", "next", "final", "nth"})
_LEAD_REACH = 4


def tense(found: Found) -> Tense:
    """Whether the clause around a time points ahead or back, or leaves it open."""
    items = found.tokens.items
    at, kind = preposition(found)
    word, words = items[at].text.lower() if kind is not None else "", found.tokens.words.tense
    ahead_of = words.named["ahead_of"]
    if word in ahead_of or any(t.text.lower() in ahead_of for t in items[max(0, found.i - 2) : found.i]):
        return Tense.PLANNED
    if kind == "since":
        return Tense.BACK
    if _genitive(items, found.j) and not _event(found, found.j + 2, found.j + 2 + _EVENT_REACH):
        return Tense.BACK
    if _event_is(found, at):
        return Tense.AHEAD
    clause = _Clause(found, at, kind or "", word)
    said = clause.before()
    if said is Tense.OPEN and not (kind == "until" and at - clause.start > 1):
        said = clause.after()
    if said is Tense.OPEN and clause.headline():
        return Tense.AHEAD
    begins = kind == "from" and (word not in words.named["from"] or at == clause.start)
    return Tense.AHEAD if said is Tense.OPEN and (kind == "until" or begins) else said


def _genitive(items: tuple[Token, ...], j: int) -> bool:
    return j + 1 < len(items) and items[j].kind == "apostrophe" and items[j + 1].kind == "s"


def _event(found: Found, start: int, end: int) -> bool:
    events = found.tokens.words.tense.scheduled_events
    return any(t.text.lower() in events for t in found.tokens.items[max(start, 0) : end])


def _event_is(found: Found, at: int) -> bool:
    """ "the vote on Sunday is ...", "Sunday's vote is ...": an event of the calendar, told in the present."""
    items, words, j = found.tokens.items, found.tokens.words.tense, found.j
    present = words.named["is"]
    if _genitive(items, j):
        following = [t.text.lower() for t in items[j + 2 : j + 4 + _EVENT_REACH]]
        verb = next((n for n, word in enumerate(following) if word in present), None)
        return verb is not None and verb > 0 and following[verb - 1] in words.scheduled_events
    return _event(found, at - 1, at) and j < len(items) and items[j].text.lower() in present


def _ends(items: tuple[Token, ...], at: int) -> bool:
    """Whether a sentence, or its part before a semicolon, ends with token `at`."""
    token = items[at]
    if token.kind == "break" or token.text in ("!", "?", ";"):
        return True
    if token.kind != "dot" or at == 0 or at + 1 >= len(items):
        return token.kind == "dot" and at + 1 >= len(items)
    before, after = items[at - 1], items[at + 1]
    if before.kind in ("mabbr", "abbreviation") or (before.text[0].isupper() and len(before.text) < _INITIALS):
        return False
    return after.start > token.end and not after.text[0].islower()


def southern(found: Found) -> bool:
    """Whether the sentence around a season names a place of the southern hemisphere."""
    items, names = found.tokens.items, found.tokens.words.southern
    start, end = found.i, found.j
    while start > 0 and not _ends(items, start - 1):
        start -= 1
    while end < len(items) and not _ends(items, end):
        end += 1
    words = [t.text.lower() for t in items[start:end]]
    return any(w in names or f"{w} {after}" in names for w, after in zip(words, [*words[1:], ""], strict=True))


class _Clause:
    """The sentence around a time: tokens `i` to `j`, its preposition, `word` of class `kind`, at `at`.

    Where it has no preposition, `at` is `i` and both are empty.
    """

    def __init__(self, found: Found, at: int, kind: str, word: str) -> None:
        self.items, self.i, self.j = found.tokens.items, found.i, found.j
        self.words: TenseWords = found.tokens.words.tense
        self.named = self.words.named
        self.at, self.kind, self.word = at, kind, word
        self._after: Tense | None = None
        self.start = self.i
        while self.start > 0 and self.i - self.start < _REACH and not _ends(self.items, self.start - 1):
            self.start -= 1

    def text(self, k: int) -> str:
        """The word `k` in lower case; empty outside the sentence."""
        return self.items[k].text.lower() if self.start <= k < len(self.items) else ""

    def before(self) -> Tense:
        """What the words before the time say, the nearest first."""
        for k in range(self.at - 1, self.start - 1, -1):
            said = self.says(k)
            if said is Tense.BACK and self.text(k) in self.named["said"] and self._content(k):
                return said if self.after() is Tense.OPEN else self.after()
            if said is Tense.OPEN and self.text(k) in self.named["that"] and k + 1 < self.at:
                said = self.after()
            if said is not Tense.OPEN:
                return said
        return Tense.OPEN

    def headline(self) -> bool:
        """Whether the only verb before the time is an infinitive: "Ship to visit port in August"."""
        return any(
            self.text(k) in self.named["to"] and self.items[k + 1].kind in ("other", "edge")
            for k in range(self.start + 1, self.at - 1)
        )

    def after(self) -> Tense:
        """What the first deciding word after the time says."""
        if self._after is None:
            self._after = self._looking_on()
        return self._after

    def _looking_on(self) -> Tense:
        fronted = self.at - self.start <= _FRONTED
        for k in range(self.j, min(self.j + _REACH, len(self.items))):
            if _ends(self.items, k) or (self.items[k].kind == "and" and not fronted):
                break
            said = self.says(k)
            if said is not Tense.OPEN:
                return said
        return Tense.OPEN

    def _content(self, k: int) -> bool:
        """Whether what is said begins right after "said" with a subject: "said the vote on Friday would ..."."""
        return k + 1 < self.at and self.items[k + 1].kind in ("the", "a", "name", "that")

    def says(self, k: int) -> Tense:
        """What word `k` says of the clause."""
        word, words, named = self.text(k), self.words, self.named
        if word in named["wo"] and self.text(k + 1) in ("'", "’"):
            return Tense.AHEAD
        if word in words.modals and not named["have"].isdisjoint((self.text(k + 1), self.text(k + 2))):
            return Tense.BACK
        if self._looks_ahead(k, word):
            return self._from_then(k, word)
        if word in named["after"]:
            return Tense.BACK if words.after_forms.search(self.text(k + 1)) else Tense.OPEN
        if self.kind == "until" and word in words.lasting and word not in named["has"]:
            return Tense.AHEAD
        if word in words.back or (self.items[k].kind == "other" and words.back_forms.search(word)):
            to = self.text(k + 1) in named["to"] and k + 2 < len(self.items) and self.items[k + 2].kind == "other"
            return Tense.OPEN if to and word in named["was_to"] else Tense.BACK
        return self._past(k, word) if self._is_past(k, word) else Tense.OPEN

    def _from_then(self, k: int, word: str) -> Tense:
        """Ahead, or ahead of a time past: "was to", "had been planned"."""
        then = not self.named["was"].isdisjoint((self.text(k - 1), self.text(k - 2)))
        return Tense.PLANNED if then and word in self.words.planned else Tense.AHEAD

    def _looks_ahead(self, k: int, word: str) -> bool:
        words, named = self.words, self.named
        if word in words.ahead:
            written = self.items[k].text.islower() or (k == self.start and self._has_past_form(word))
            return written and self.text(k - 1) not in named["than"]
        if self._future(k, word):
            return True
        if word in named["hoping"] and self.text(k + 1) in named["for"]:
            return True
        if word in named["could"]:
            return self.text(k + 1) not in named["not_could"] and self.items[k + 1].kind == "other"
        if word in named["is"] and k + 1 == self.at:
            return True
        if word in words.coming and self.text(k - 1) in named["is"]:
            return True
        if word in named["due"] and self.text(k + 1) in named["due_on"]:
            return True
        if (word in named["set_to"] and k + 1 >= self.at) or (k + 1 == self.at and self.word in named["for"]):
            near = {self.text(n) for n in range(max(self.start, k - _EVENT_REACH), k + 1)}
            return k + 1 >= self.at and bool(near & words.fixing)
        if self.kind == "until" and word in named["has"] and k + 1 == self.at:
            return True
        return self._infinitive(k) if word in named["to"] else self._scheduled(k, word)

    def _future(self, k: int, word: str) -> bool:
        """Whether a verb looks ahead by its ending ("partira"), in a language where it can."""
        plain = self.items[k].kind == "other" and word not in self.words.not_ahead
        return plain and self.words.ahead_forms.search(word) is not None

    def _has_past_form(self, word: str) -> bool:
        return self.words.past_forms.search(word) is not None

    def _infinitive(self, k: int) -> bool:
        """Whether "to" and a verb after "agreed", "is", "ordered the troops" and the like stands at `k`."""
        if k + 1 >= len(self.items) or self.items[k + 1].kind not in ("other", "edge"):
            return False
        if self.text(k - 1) in self.named["due_to"] and self.text(k - 2) not in self.named["is_due"]:
            return False
        if self.text(k - 1) in self.words.before_to:
            return True
        return any(self.text(n) in self.words.wants for n in range(max(self.start, k - _OBJECT_REACH), k))

    def _scheduled(self, k: int, word: str) -> bool:
        """Whether a plain present ("begins", "trials end") close before the time tells what is on a calendar."""
        words = self.words
        if not (0 < self.at - k <= _OBJECT_REACH or 0 <= k - self.j <= _EVENT_REACH):
            return False
        before = self.text(k - 1)
        subject = k > self.start and (before in words.subjects or self.items[k - 1].kind in ("name", "year"))
        if word in words.scheduled:
            noun = k > self.start and self.items[k - 1].kind in _NOUNS
            led = any(
                t.kind in _LEADS or t.text in self.named["whose"]
                for t in self.items[max(self.start, k - _LEAD_REACH) : k - 1]
            )
            return subject or (noun and led)
        plural = before.endswith("s") and k > self.start and self.items[k - 1].kind == "other"
        return word in words.scheduled_plural and (subject or plural)

    def _is_past(self, k: int, word: str) -> bool:
        words = self.words
        if word in words.past:
            return True
        known = self._has_past_form(word) and len(word) >= _SHORT_PAST and word not in words.not_past
        return known and (self.items[k].kind == "other" or k == self.start)

    def _past(self, k: int, word: str) -> Tense:
        """What a past form or participle says, by the words before it."""
        at = k - 1
        while at > self.start and (self.text(at).endswith("ly") or self.text(at) in self.named["skipped"]):
            at -= 1
        before = self.items[at] if at >= self.start else None
        words = self.words
        if before is None:
            return Tense.BACK
        passive = before.text.lower() in self.named["passive"] or self._future(at, before.text.lower())
        if passive or before.kind in ("the", "a", "at", "of", "s", "to"):
            return Tense.OPEN
        wanted = any(self.text(n) in words.wants for n in range(max(self.start, k - _OBJECT_REACH), k))
        if wanted and before.text.lower() not in self.named["done"]:
            return Tense.OPEN
        return Tense.BACK
