"""Codes of languages as other programs take them: from ours (ISO 639-1) to those that their validators know."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_STIX = (
    "af ar az be bg ca cs cy da de dv el en eo es et eu fa fi fo fr gl gu he hi hr hu hy id is it ja ka kk kn ko ky lt "
    "lv mi mk mn mr ms mt nb nl pa pl ps pt qu ro ru sa se sk sl sq sv sw ta te th tl tn tr ts tt uk ur uz vi xh zh zu"
)
_STIX_CODES = frozenset(_STIX.split())
_FTM = (
    "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa et:est "
    "fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz km:khm "
    "kn:kan ko:kor ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya ne:nep nl:nld no:nor pl:pol "
    "ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel tg:tgk tk:tuk tl:tgl "
    "tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho"
)
_FTM_CODES: Mapping[str, str] = MappingProxyType(dict(pair.split(":") for pair in _FTM.split()))


def stix_language(code: str | None) -> str | None:
    """The code where stix2-validator knows the language, else None: it knows fewer than RFC 5646 has."""
    return code if code in _STIX_CODES else None


def ftm_language(code: str | None) -> str | None:
    """The ISO 639-3 code where FollowTheMoney knows the language, else None.

    >>> ftm_language("fr"), ftm_language("ha")
    ('fra', None)
    """
    return None if code is None else _FTM_CODES.get(code)
