"""The closed lists of the ledger: every value that has a meaning of its own."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The 24 kinds of act or state that a claim can be about."""

    PRESENCE = "presence"
    DEPLOYMENT = "deployment"
    REDEPLOYMENT = "redeployment"
    WITHDRAWAL = "withdrawal"
    EXPULSION = "expulsion"
    AGREEMENT = "agreement"
    TERMINATION = "termination"
    CONSULTATION = "consultation"
    COOPERATION = "cooperation"
    TRAINING = "training"
    ARMS_TRANSFER = "arms_transfer"
    AID = "aid"
    SUPPORT = "support"
    CONCESSION = "concession"
    REQUEST = "request"
    ACCUSATION = "accusation"
    REJECTION = "rejection"
    THREAT = "threat"
    PROTEST = "protest"
    SANCTION = "sanction"
    MOBILIZATION = "mobilization"
    COERCION = "coercion"
    COUP = "coup"
    ATTACK = "attack"


class Stance(StrEnum):
    """What the source (or, without one, the report) commits to."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    DENIED = "denied"
    PLANNED = "planned"
    CONDITIONAL = "conditional"


class Commitment(StrEnum):
    """What the report itself holds of what a source says, by its word for the saying; apart from the source's stance.

    After the classes of Saurí and Pustejovsky's FactBank: a factive word commits the reporter too, a word of
    distance leaves the source alone with it.
    """

    COMMITTED = "committed"
    NEUTRAL = "neutral"
    DISTANCED = "distanced"


class Sector(StrEnum):
    """The part of society an actor belongs to (after PLOVER's sectors)."""

    GOV = "GOV"
    MIL = "MIL"
    PMC = "PMC"
    REB = "REB"
    POL = "POL"
    PTY = "PTY"
    IGO = "IGO"
    NGO = "NGO"
    MED = "MED"
    CIV = "CIV"
    BUS = "BUS"
    UNK = "UNK"


class Precision(StrEnum):
    """How exactly a place is given; only the first four carry a point."""

    SITE = "site"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"


class Unit(StrEnum):
    """What a quantity counts."""

    PERSONNEL = "personnel"
    KILLED = "killed"
    WOUNDED = "wounded"
    DETAINED = "detained"
    DISPLACED = "displaced"
    PEOPLE = "people"
    VEHICLES = "vehicles"
    AIRCRAFT = "aircraft"
    SHIPS = "ships"
    WEAPONS = "weapons"
    STRIKES = "strikes"
    MONEY = "money"
    COUNTRIES = "countries"
    SITES = "sites"
    OTHER = "other"


class Scope(StrEnum):
    """Which part of the whole a quantity speaks of."""

    TOTAL = "total"
    PART = "part"
    CEILING = "ceiling"
    REMAINING = "remaining"


class TimeBasis(StrEnum):
    """How a time was read: written in full, resolved against an anchor, or the day of publication."""

    STATED = "stated"
    RELATIVE = "relative"
    PUBLISHED = "published"


class SourceKind(StrEnum):
    """What kind of voice a source is."""

    OFFICIAL = "official"
    GOVERNMENT = "government"
    MILITARY = "military"
    IGO = "igo"
    ARMED_GROUP = "armed_group"
    MEDIA = "media"
    DOCUMENT = "document"
    WITNESS = "witness"
    EXPERT = "expert"
    CIVIL = "civil"
    UNKNOWN = "unknown"


class Quote(StrEnum):
    """How the words of the source are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Standing(StrEnum):
    """How a force stands in a host country, from its claims.

    `leaving`: still there, with a plan, an order or a partial departure not older than a year;
    `expelled`: ordered out and nothing newer says whether it went; `planned`, `alleged`, `conditional`
    and `denied`: nobody asserts that it is or was there.
    """

    PRESENT = "present"
    LEAVING = "leaving"
    LEFT = "left"
    EXPELLED = "expelled"
    PLANNED = "planned"
    ALLEGED = "alleged"
    CONDITIONAL = "conditional"
    DENIED = "denied"


class OriginSign(StrEnum):
    """Why two reports are taken for one origin (or partly so)."""

    SAME_TEXT = "same_text"
    SHARED_PASSAGES = "shared_passages"
    AGENCY_CREDIT = "agency_credit"
    RELAY = "relay"
    SAME_QUOTES = "same_quotes"
    SAME_FIGURES = "same_figures"
    SAME_SOURCE = "same_source"
    JUDGED = "judged"


class Stage(StrEnum):
    """How far an act has come in the claims of an event."""

    ANNOUNCED = "announced"
    BEGUN = "begun"
    DONE = "done"
    DENIED = "denied"
    ALLEGED = "alleged"


class Tie(StrEnum):
    """How one event is linked to another of the same process; read "this one ... that one"."""

    ANNOUNCES = "announces"
    BEGINS = "begins"
    COMPLETES = "completes"
    FOLLOWS = "follows"


class DisputeKind(StrEnum):
    """What the sides of a dispute do not agree on."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    IDENTITY = "identity"
    DENIAL = "denial"
    COMPLETION = "completion"
    SCOPE = "scope"


class DisputeStatus(StrEnum):
    """Whether an analyst has decided a dispute."""

    OPEN = "open"
    SETTLED = "settled"


class DeploymentKind(StrEnum):
    """What a force is there for, where the claims say so."""

    PERMANENT = "permanent"
    ROTATIONAL = "rotational"
    MISSION = "mission"
    TRAINING = "training"
    EXERCISE = "exercise"
    AFLOAT = "afloat"
    GUARD = "guard"


class Verdict(StrEnum):
    """What an analyst's judgement does."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    SETTLE = "settle"
    RATE = "rate"
    NOTE = "note"
    REVERSE = "reverse"


class Matter(StrEnum):
    """What a judgement is about."""

    CLAIM = "claim"
    DOCUMENT = "document"
    EVENT = "event"
    ORIGIN = "origin"
    PRESENCE = "presence"
    DISPUTE = "dispute"
    SOURCE = "source"
    JUDGEMENT = "judgement"
    NOTICE = "notice"
