"""One report as the extractors see it: syntax, layers and lexicon behind one object, indexed by token."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.extract.told import Answers
from dateline.lexicon.actors import Family, by_name, words
from dateline.lexicon.countries import demonym_countries
from dateline.lexicon.language import Language
from dateline.lexicon.sites import is_military
from dateline.model import Actor, Kind, Place, Precision, Sector, Span, TimeRange
from dateline.parse.actors import Cast
from dateline.parse.forms import means, neighbour, pivot
from dateline.parse.parsed import ParsedDocument
from dateline.parse.quantities import Counted
from dateline.parse.quotations import Quotation, quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.parse.denotations import Denotation


POLITICAL = frozenset({Sector.GOV, Sector.MIL, Sector.PMC, Sector.REB, Sector.IGO})

FORCES = frozenset({Sector.MIL, Sector.PMC, Sector.REB, Sector.IGO})
"""Sectors whose acts are claims in a local report, too."""

ARMED_BODIES = frozenset({Sector.MIL, Sector.PMC, Sector.REB})
NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
"""Parts of speech of words that somebody is named by."""
POSTURE = frozenset({Kind.PRESENCE, Kind.DEPLOYMENT, Kind.REDEPLOYMENT, Kind.WITHDRAWAL})
"""Kinds that tell where forces are."""

ARMED = 3
"""Words of armed violence below which a report is not about it."""
LONG = 60
"""Words from which on a report is long enough to tell what it is about."""
LOCAL_SHARE = 0.13
"""Share of political mentions (see `political_share`) below which a report is local; set on local US news."""
NATIONAL_SHARE = 0.1
"""The same without those of town and county; set on 536 reports of local US news and 150 of the world's."""


@dataclass(frozen=True)
class Reading:
    """A parsed document with its cast, its counted things and the words of its language."""

    parsed: ParsedDocument
    lexicon: Language
    speakers: dict[int, Token] = field(default_factory=dict)
    """Token index -> head of the source in whose words the token stands, the innermost one."""

    actors: dict[tuple[int, bool], Actor | None] = field(default_factory=dict)
    """Actors already asked for, by head and jointness; phrases with pronouns are asked anew, as speakers get known."""

    @property
    def cast(self) -> Cast:
        """The actors of the report."""
        return self.parsed.cast

    @property
    def counted(self) -> tuple[Counted, ...]:
        """The counted things of the report."""
        return self.parsed.counted

    @property
    def doc(self) -> Doc:
        """The syntax."""
        return self.parsed.doc

    @property
    def text(self) -> str:
        """The stored text."""
        return self.parsed.text

    @cached_property
    def shown(self) -> str:
        """The text as the parser saw it: of the stored text's length, furniture and line wraps blanked."""
        return str(self.doc.text)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations of the text shown, in order; its marks as the report writes them."""
        marks = "".join(t if s == "'" else s for s, t in zip(self.shown, self.text, strict=True))
        return quotations(marks)

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Indices of all tokens inside quotation marks."""
        return frozenset(i for q in self.quotations for i in self.span_tokens(q.start, q.end))

    @cached_property
    def token_starts(self) -> dict[int, int]:
        """Character offset -> token index, for every character of every token."""
        return {c: t.i for t in self.doc for c in range(t.idx, t.idx + len(t))}

    @cached_property
    def sentence_of(self) -> list[int]:
        """Token index -> how many sentences have begun up to it."""
        from spacy.attrs import SENT_START

        starts = self.doc.to_array([SENT_START]) == 1
        numbers: list[int] = starts.cumsum().tolist()
        return numbers

    @cached_property
    def hidden(self) -> tuple[Span, ...]:
        """Stretches of furniture, from which nothing is read."""
        return tuple(Span(f.start, f.end) for f in self.parsed.document.furniture if f.reason != "title")

    def is_hidden(self, token: Token) -> bool:
        """Whether a word stands in furniture."""
        return any(s.start <= token.idx < s.end for s in self.hidden)

    @cached_property
    def place_of_token(self) -> dict[int, Place]:
        """Token index -> the place mention that covers it."""
        return {i: place for place in self.parsed.places for i in self._indices(place.start, place.end)}

    @cached_property
    def time_of_token(self) -> dict[int, TimeRange]:
        """Token index -> the time expression that covers it."""
        return {i: time for time in self.parsed.times for i in self._indices(time.start, time.end)}

    @cached_property
    def capital_words(self) -> tuple[int, ...]:
        """Indices of the words for a seat of government ("the Afghan capital")."""
        return tuple(t.i for t in self.doc if t.pos_ == "NOUN" and means(t, "capital"))

    @cached_property
    def told(self) -> Answers:
        """What the learned model takes the words to tell."""
        return Answers(self)

    def _indices(self, start: int | None, end: int | None) -> range:
        if start is None or end is None:
            return range(0)
        first = next((self.token_starts[c] for c in range(start, end) if c in self.token_starts), None)
        last = next((self.token_starts[c] for c in range(end - 1, start - 1, -1) if c in self.token_starts), None)
        return range(0) if first is None or last is None else range(first, last + 1)

    def span_tokens(self, start: int, end: int) -> range:
        """Indices of the tokens between two character offsets."""
        return self._indices(start, end)

    def actor(self, token: Token | None, *, joint: bool = True) -> Actor | None:
        """The actor that the phrase headed by `token` denotes, if it is one."""
        if token is None:
            return None
        key = (token.i, joint)
        if key not in self.actors:
            found = self._actor(token, joint)
            if token.pos_ == "PRON" or any(c.pos_ == "PRON" for c in token.children):
                return found
            self.actors[key] = found
        return self.actors[key]

    def _actor(self, token: Token, joint: bool) -> Actor | None:
        if token.lemma_.lower() in self.lexicon.words["grammar.seat"] and any(pivot(c) == "of" for c in token.children):
            sender = self._body_of(token)
            if sender is not None:
                return sender
        meant = next((c for c in token.children if c.dep_ == "appos"), None) if token.pos_ == "PRON" else None
        found = self.cast.actor(meant, joint=joint) if meant is not None else None  # "they, the Russians, ..."
        found = found or self._body_joined(token) or self.cast.actor(token, joint=joint)
        if found is not None:
            return self._as_forces(token, found)
        return self._body_of(token) or self._part_of(token, joint)

    def _body_joined(self, token: Token) -> Actor | None:
        """ "Russians from the Africa Corps": the armed body that people of a nation are of."""
        if not (are_people(token) and demonym_countries(token.text)):
            return None
        inner = [p for c in token.rights if pivot(c) in ("from", "of", "with") for p in c.children if p.dep_ == "pobj"]
        bodies = (self.cast.actor(p, joint=False) for p in inner if p.pos_ == "PROPN")
        return next((a for a in bodies if a is not None and a.sector in ARMED_BODIES), None)

    def _part_of(self, token: Token, joint: bool) -> Actor | None:
        """Who a part or number of something is: "a total of 766 American soldiers"."""
        if token.pos_ != "NUM" and token.lemma_.lower() not in self.lexicon.words["grammar.partitive"]:
            return None
        inner = [p for c in token.children if c.dep_ == "prep" and pivot(c) == "of" for p in c.children]
        return self.cast.actor(inner[0], joint=joint) if inner else None

    def _as_forces(self, token: Token, actor: Actor) -> Actor:
        """ "The Russians" in a report on Russian troops abroad are those troops; a "state" only where it moves."""
        if actor.sector not in (Sector.CIV, Sector.GOV) or actor.country is None or not are_people(token):
            return actor
        told = actor.country in self.foreign_forces or self._on_a_base(token) or self._told_by_soldiers(token)
        abroad = told and self.cast.home_country(token) != actor.country
        abroad = abroad or self._gone_abroad(token, actor)
        if not ((abroad or _is_posted(token)) and demonym_countries(token.text)):
            return actor
        state = actor.name.removeprefix("people of ").removesuffix(", government")
        people = actor.name.startswith("people of ")
        if not people and (actor.sector is not Sector.GOV or state == actor.name or not self._is_posture(token)):
            return actor
        spoken_of = self.foreign_forces.get(actor.country)
        if spoken_of is not None and spoken_of.sector is Sector.PMC:
            return replace(actor, name=spoken_of.name, sector=Sector.PMC)
        if spoken_of is not None and spoken_of.sector is Sector.POL:
            return replace(actor, name=f"{state}, police", sector=Sector.POL)
        return replace(actor, name=f"{state}, armed forces", sector=Sector.MIL)

    def _on_a_base(self, token: Token) -> bool:
        """Whether its verb has a military site for object or place, listed or by its word: "are at Airbase 101"."""
        phrases = [p for c in token.head.children if c.dep_ in ("dobj", "prep") for p in (c, *c.children)]
        if any(p.lemma_.lower() in self.lexicon.words["grammar.military_sites"] for p in phrases):
            return True
        return any(self.is_military_site(p) for p in phrases)

    def _is_posture(self, token: Token) -> bool:
        """Whether the learned model takes what the party does for being, coming or going as a force."""
        verb = token.head
        if verb.lemma_ == "be":
            placed = [p for c in verb.children if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
            return any(p.lemma_ not in self.lexicon.words["stance.negotiating"] for p in placed)
        told = self.told.of(verb)
        return told is not None and told.best in POSTURE and told.none < 0.5

    def _told_by_soldiers(self, token: Token) -> bool:
        """Whether a military source counts them where they are: "hardly any Americans remain, the Pentagon said"."""
        verb = token.head
        if verb.dep_ != "ccomp" or token.dep_ not in ("nsubj", "nsubjpass"):
            return False
        said_by = (self.cast.actor(c, joint=False) for c in verb.head.children if c.dep_ == "nsubj")
        return any(a is not None and a.sector is Sector.MIL for a in said_by) and self._is_posture(token)

    def _gone_abroad(self, token: Token, actor: Actor) -> bool:
        """Whether they are sent to another state, or as a state leave or hold a place there.

        "A hundred Russians were sent to Niamey", "the last Americans left Agadez"; of families that fled nobody says
        that they were sent.
        """
        verb = token.head
        sent = token.dep_ in ("nsubjpass", "dobj") and means(verb, "send", "dispatch", "despatch")
        if not (sent or (actor.sector is Sector.GOV and token.dep_ == "nsubj")) or verb.pos_ != "VERB":
            return False
        phrases = [p for c in verb.children if c.dep_ in ("dobj", "prep") for p in (c, *c.children)]
        places = [self.place_of_token[p.i] for p in phrases if p.i in self.place_of_token]
        foreign = bool(places) and all(p.country not in (None, actor.country) for p in places)
        return foreign and self._is_posture(token)

    @cached_property
    def foreign_forces(self) -> Mapping[str, Denotation]:
        """States whose troops the report speaks of, or else whose hired fighters or police, and as whom."""
        nouns = (t for t in self.doc if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound")
        found = [a for t in nouns if (a := self.cast.denoted(t)) is not None and a.country is not None]
        sectors = (Sector.POL, Sector.PMC, Sector.MIL)
        return {str(a.country): a for sector in sectors for a in found if a.sector is sector}

    def _body_of(self, token: Token) -> Actor | None:
        """Whom a nameless body acts for: "Mr Abbas's office", "the Taliban delegation"."""
        words = self.lexicon.words
        if token.lemma_.lower() not in words["grammar.body"] | words["grammar.seat"]:
            return None
        owners = [c for c in token.children if c.dep_ in ("poss", "compound", "amod", "nmod")]
        prepositions = [c for c in token.children if pivot(c) in ("of", "for", "from")]
        owners += [p for c in prepositions for p in c.children if p.dep_ == "pobj"]
        found = [a for a in (self.cast.actor(o) for o in owners) if a is not None]
        if not found:
            return None
        start = min((t.idx for t in token.subtree if t.i <= token.i and not t.is_punct), default=token.idx)
        end = token.idx + len(token)
        return replace(found[0], text=self.text[start:end], start=start, end=end)

    @cached_property
    def armed_words(self) -> int:
        """How often the report uses words of armed violence, those of police work left out."""
        return len(self._armed_lemmas)

    @cached_property
    def armed_surely(self) -> int:
        """The same, words that private crime and figures of speech have as well ("a heart attack") at most as often
        as the others."""
        loose = self.lexicon.classes.get("loosely_armed", frozenset())
        return min(len(self._armed_lemmas), 2 * sum(lemma not in loose for lemma in self._armed_lemmas))

    @cached_property
    def _armed_lemmas(self) -> tuple[str, ...]:
        armed = self.lexicon.classes["armed"] - {"police", "shooting", "shoot", "fire", "gun"}
        return tuple(lemma for token in self.doc if (lemma := token.lemma_.lower()) in armed)

    @cached_property
    def crime_report(self) -> bool:
        """Whether the report is about private crime: its words recur and those of armed conflict do not."""
        crime = sum(token.lemma_.lower() in self.lexicon.classes["crime"] for token in self.doc)
        words = sum(token.is_alpha for token in self.doc)
        return self.armed_words < ARMED and (crime > 1 or 110 * crime >= words > 0)

    @cached_property
    def local_report(self) -> bool:
        """Whether the report hardly mentions states, forces or their bodies: town councils, accidents, obituaries."""
        if not self.is_long:
            return self.cast.main_country() is None and not self.armed_words and not self._national
        if self.armed_surely >= ARMED:
            return False
        return self.political_share < LOCAL_SHARE or (self.national_share < NATIONAL_SHARE and not self.unrest)

    @cached_property
    def is_long(self) -> bool:
        """Whether the report is long enough to tell by its words what it is about."""
        return sum(token.is_alpha for token in self.doc) >= LONG

    def is_of_forces(self, actor: Actor | Denotation) -> bool:
        """Whether an actor is of forces or a body of several states; in a long report no gunman of nowhere."""
        if actor.sector not in FORCES:
            return False
        return not self.is_long or actor.country is not None or by_name(actor.name) is not None

    @cached_property
    def unrest(self) -> bool:
        """Whether the report keeps speaking of protest and opposition, which police and courts of a town meet, too."""
        return sum(token.lemma_.lower() in self.lexicon.classes["unrest"] for token in self.doc) >= ARMED

    @cached_property
    def _national(self) -> bool:
        """Whether an office or body that only states and their politics have is named: a premier, a parliament."""
        offices = self.lexicon.classes.get("office_of_state", frozenset())
        return any(token.lemma_.lower() in offices for token in self.doc if token.pos_ in ("NOUN", "PROPN"))

    @property
    def forces_named(self) -> bool:
        """Whether any word of the report may denote forces, or a body of several states."""
        return next(self.words_of_forces(), None) is not None

    def words_of_forces(self) -> Iterator[Token]:
        """The words that may denote forces, or a body of several states."""
        for token in self.doc:
            found = self.cast.denoted(token) if token.pos_ in NAMING else None
            if found is not None and self.is_of_forces(found):
                yield token

    @cached_property
    def political_share(self) -> float:
        """Mentions of states, forces and their bodies per ten words of the report, at most 1."""
        return self._per_ten_words(len(self._political_mentions))

    @cached_property
    def national_share(self) -> float:
        """The same without mayors, councils, county courts and persons of whom the report gives no other office."""
        return self._per_ten_words(sum(not self._is_local(token) for token in self._political_mentions))

    @cached_property
    def _political_mentions(self) -> tuple[Token, ...]:
        nouns = (t for t in self.doc if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound")
        found = ((t, self.cast.denoted(t)) for t in nouns)
        states = ((t, a.country) for t, a in found if a is not None and a.sector in POLITICAL)
        return tuple(t for t, state in states if state is not None and not self._only_where(t, state))

    def _only_where(self, token: Token, state: str) -> bool:
        """Whether a name is no state's but a town's or a road's: "of Paris, Texas", "in Georgia, USA", "U.S. 54"."""
        place = self.place_of_token.get(token.i)
        if place is None:
            return False
        after = neighbour(token, 1)
        return (after is not None and after.like_num) or place.country != state

    def _per_ten_words(self, mentions: int) -> float:
        words = sum(token.is_alpha for token in self.doc)
        return min(1.0, 10 * mentions / words) if words else 0.0

    def _is_local(self, token: Token) -> bool:
        """Whether a mention is of somebody whose office may be a town's or a firm's."""
        offices, person = self.lexicon.classes["local_office"], self.cast.person(token)
        if person is None:
            task = any(pivot(c) == "task" for c in token.children)
            return task or token.lemma_.lower().rstrip(".") in offices or self._is_law_officer(token)
        words = {word.removesuffix("s") if word.removesuffix("s") in offices else word for word in person.title_words}
        if words & self.lexicon.words["grammar.law_officers"]:
            words = words - {"general"}
        return person.known is None and not any(self._is_office_of_state(word, offices) for word in words)

    def _is_law_officer(self, token: Token) -> bool:
        """Whether a general is none of soldiers: "the assistant attorney general"."""
        return any(c.lower_ in self.lexicon.words["grammar.law_officers"] for c in token.lefts)

    @staticmethod
    def _is_office_of_state(word: str, offices: frozenset[str]) -> bool:
        return word not in offices and words().family(word) in (Family.OFFICE, Family.RANK)

    def speaker_of(self, token: Token) -> Token | None:
        """The head of the source whose words hold the token, if that source is a political or security actor."""
        source = self.speakers.get(token.i)
        if source is None or source.i == token.i:
            return None
        actor = self.actor(source)
        return source if actor is not None and actor.sector not in (Sector.MED, Sector.UNK) else None

    def is_country(self, token: Token) -> bool:
        """Whether the token (or the name it ends) is the bare name of a state."""
        place = self.place_of_token.get(token.i)
        return place is not None and place.precision is Precision.COUNTRY

    def is_military_site(self, token: Token) -> bool:
        """Whether the token (or the name it ends) names a listed base, camp or air base."""
        place = self.place_of_token.get(token.i)
        return place is not None and place.precision is Precision.SITE and is_military(place.name)


def _is_posted(token: Token) -> bool:
    """Whether somebody posts them as only forces are posted: "11,000 North Koreans were deployed"."""
    return token.dep_ in ("nsubjpass", "dobj") and means(token.head, "deploy", "redeploy", "station", "garrison")


def are_people(token: Token) -> bool:
    """Whether a name stands for people: "Russians", "the French"."""
    if token.tag_ in ("NNS", "NNPS") or token.lower_.endswith("men"):
        return True
    return token.tag_ == "NNP" and any(c.lower_ == "the" for c in token.children)
