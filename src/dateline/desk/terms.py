"""The closed lists of the ledger in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dateline.lexicon.countries import by_code
from dateline.model import Commitment, Kind, OriginSign, Precision, Quote, Scope, Sector, SourceKind, Stance, TimeBasis

SLOTS: Mapping[str, str] = MappingProxyType(
    {
        "actor": "Who",
        "recipient": "To or with whom",
        "place": "Where",
        "quantity": "How many",
        "time": "When",
    }
)
"""The slots of a claim by the question each answers."""

SECTORS: Mapping[Sector, str] = MappingProxyType(
    {
        Sector.GOV: "government",
        Sector.MIL: "armed forces",
        Sector.PMC: "private military company",
        Sector.REB: "armed group",
        Sector.POL: "police",
        Sector.PTY: "party",
        Sector.IGO: "international organisation",
        Sector.NGO: "non-governmental organisation",
        Sector.MED: "media",
        Sector.CIV: "civilians",
        Sector.BUS: "business",
        Sector.UNK: "sector not known",
    }
)
PRECISIONS: Mapping[Precision, str] = MappingProxyType(
    {
        Precision.SITE: "a site",
        Precision.SETTLEMENT: "a town",
        Precision.DISTRICT: "a district",
        Precision.PROVINCE: "a province",
        Precision.COUNTRY: "the country only",
        Precision.REGION: "a region of several countries",
    }
)
SCOPES: Mapping[Scope, str] = MappingProxyType(
    {
        Scope.TOTAL: "in all",
        Scope.PART: "a part of them",
        Scope.CEILING: "at most",
        Scope.REMAINING: "those who remain",
    }
)
TIMES: Mapping[TimeBasis, str] = MappingProxyType(
    {
        TimeBasis.STATED: "as written",
        TimeBasis.RELATIVE: "reckoned from another day",
        TimeBasis.PUBLISHED: "the day of the report",
    }
)
SOURCE_KINDS: Mapping[SourceKind, str] = MappingProxyType(
    {
        SourceKind.OFFICIAL: "official",
        SourceKind.GOVERNMENT: "government",
        SourceKind.MILITARY: "military",
        SourceKind.IGO: "international organisation",
        SourceKind.ARMED_GROUP: "armed group",
        SourceKind.MEDIA: "media",
        SourceKind.DOCUMENT: "document",
        SourceKind.WITNESS: "witness",
        SourceKind.EXPERT: "expert",
        SourceKind.CIVIL: "civil society",
        SourceKind.UNKNOWN: "not known what kind",
    }
)
QUOTES: Mapping[Quote, str] = MappingProxyType(
    {
        Quote.DIRECT: "in the source's own words",
        Quote.INDIRECT: "in the report's words",
        Quote.MIXED: "partly in the source's own words",
    }
)
COMMITMENTS: Mapping[Commitment, str] = MappingProxyType(
    {
        Commitment.COMMITTED: "the report takes it for so",
        Commitment.NEUTRAL: "the report takes no side",
        Commitment.DISTANCED: "the report keeps its distance",
    }
)
STANCES: Mapping[Stance, str] = MappingProxyType(
    {
        Stance.ASSERTED: "said to be so",
        Stance.ALLEGED: "said to be so, without being vouched for",
        Stance.DENIED: "said not to be so",
        Stance.PLANNED: "said to be intended",
        Stance.CONDITIONAL: "said to depend on something",
    }
)
SIGNS: Mapping[OriginSign, str] = MappingProxyType(
    {
        OriginSign.SAME_TEXT: "same text",
        OriginSign.SHARED_PASSAGES: "shared passages",
        OriginSign.AGENCY_CREDIT: "credit to an agency",
        OriginSign.RELAY: "relayed",
        OriginSign.SAME_QUOTES: "same quotations",
        OriginSign.SAME_FIGURES: "same figures",
        OriginSign.SAME_SOURCE: "same source",
        OriginSign.JUDGED: "decided by an analyst",
    }
)


def kind_words(kind: Kind) -> str:
    """A kind of act as a reader writes it.

    >>> kind_words(Kind.ARMS_TRANSFER)
    'arms transfer'
    """
    return str(kind).replace("_", " ")


def country_name(code: str | None) -> str | None:
    """The name of a country by its code; a code that is none of a country comes back as it is.

    >>> country_name("NER"), country_name("Sahel"), country_name(None)
    ('Niger', 'Sahel', None)
    """
    known = None if code is None else by_code(code)
    return code if known is None else known.name
