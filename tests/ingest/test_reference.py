"""Rows of data sets as claims: what they say, what they leave open, and that they are no reports."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ingest.claims import Imported
from dateline.ingest.reference import DATA_SETS, data_set_of, gdelt, reports, ucdp
from dateline.ingest.reference.names import country_of, named
from dateline.ingest.reference.table import MOST_LINES, ROW_LIMIT, layout, rows, split
from dateline.model import Claim, Document, Issue, Kind, Precision, Sector, Stance, as_record
from golden import same_as_golden

EXAMPLES = Path(__file__).parent / "examples" / "reference"
EXPECTED = EXAMPLES / "expected"
FILES = sorted(file for file in EXAMPLES.iterdir() if file.is_file())


def read(file: Path, wanted: str | None = None) -> list[Imported]:
    """The rows of a file, as `dateline import` reads them."""
    with file.open("rb") as stream:
        found = data_set_of(stream.peek(65536), wanted)
        assert found is not None, f"{file.name} is of no data set"
        return list(reports(stream, found, file.name))


def claims(name: str) -> list[Claim]:
    return [claim for report in read(EXAMPLES / name) for claim in report.claims]


def issues(name: str) -> list[Issue]:
    return [issue for report in read(EXAMPLES / name) for issue in report.issues]


def written(data: str, columns: str, key: str = "acled") -> list[Imported]:
    """Rows given in a test, under a header."""
    stream = io.BytesIO(f"{columns}\n{data}".encode())
    found = data_set_of(stream.getvalue(), key)
    assert found is not None
    return list(reports(stream, found, "given.csv"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_claims_are_as_they_were(file: Path) -> None:
    found: list[Any] = []
    for report in read(file):
        document = None if report.document is None else as_record(report.document)
        told = [f"{issue.code}: {issue.message}" for issue in report.issues]
        found.append({"document": document, "claims": [as_record(claim) for claim in report.claims], "issues": told})
    data = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    same_as_golden(EXPECTED / f"{file.name}.json", data.encode())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_claim_quotes_its_row_and_is_that_of_the_data_set(file: Path) -> None:
    for report in read(file):
        if report.document is None:
            continue
        document: Document = report.document
        assert document.is_row and document.outlet in {one.name for one in DATA_SETS.values()}
        for claim in report.claims:
            assert claim.attribution is not None and claim.attribution.source is not None
            assert claim.attribution.source.name == document.outlet
            for piece in claim.evidence:
                assert document.text[piece.start : piece.end] == piece.exact
            for slot in (claim.actor, claim.recipient, claim.place, claim.quantity, claim.time):
                if slot is not None and slot.start is not None:
                    assert document.text[slot.start : slot.end] == slot.text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_number_is_zero(file: Path) -> None:
    for report in read(file):
        for claim in report.claims:
            assert claim.quantity is None or (claim.quantity.low, claim.quantity.high) != (0, 0)
            assert claim.quantity is None or claim.quantity.low != 0


def test_acled_dates_by_their_precision_and_places_by_theirs() -> None:
    base, battle, brigade = claims("acled.csv")
    assert (base.time and base.time.earliest, base.time and base.time.latest) == ("2024-05-02", "2024-05-02")
    assert battle.time is not None and battle.place is not None and battle.quantity is not None
    assert (battle.time.earliest, battle.time.latest) == ("2022-03-11", "2022-03-17")
    assert battle.place.precision is Precision.PROVINCE
    assert (battle.quantity.low, battle.quantity.high) == (4, 4)
    assert battle.actor is not None and battle.recipient is not None
    assert (battle.actor.name, battle.actor.country, battle.actor.sector) == ("Mali, armed forces", "MLI", Sector.MIL)
    assert base.quantity is None, "0 fatalities: none told of"
    assert brigade.place is not None and brigade.place.lat is None and brigade.place.precision is Precision.COUNTRY


def test_what_acled_says_in_lines_of_their_own_is_one_row() -> None:
    found = claims("acled.csv")[1]
    assert "four dead" in found.evidence[0].exact


def test_ucdp_gives_a_range_and_no_point_for_a_country() -> None:
    attack, month = claims("GEDEvent_v25_1.csv")
    assert attack.quantity is not None and attack.place is not None
    assert (attack.quantity.low, attack.quantity.high, attack.quantity.text) == (3, 9, "4")
    assert attack.basis["quantity"] == "best 4, low 3, high 9 (UCDP GED)"
    assert attack.place.uncertainty == 25_000
    assert month.quantity is None and month.place is not None and month.place.lat is None
    assert attack.attribution is not None and attack.attribution.source is not None
    assert (attack.attribution.source.description or "").startswith("UCDP GED 25.1, citing")


def test_ucdp_is_read_without_its_header() -> None:
    plain, bare = claims("GEDEvent_v25_1.csv"), claims("ged_candidate_no_header.csv")
    assert [(one.time, one.place, one.quantity) for one in plain] == [
        (one.time, one.place, one.quantity) for one in bare
    ]


def test_polecat_with_its_known_flaws_says_the_same() -> None:
    good, flawed = claims("polecat.tsv"), claims("polecat_headline_latin1.tsv")
    assert [_gist(one) for one in good] == [_gist(one) for one in flawed]
    source = flawed[0].attribution.source if flawed[0].attribution else None
    assert source is not None and source.description == "POLECAT, citing Télé Sahel"


def _gist(claim: Claim) -> tuple[Any, ...]:
    place = claim.place and (claim.place.name, claim.place.country, claim.place.lat)
    return claim.kind, claim.actor and claim.actor.name, claim.recipient and claim.recipient.name, place


def test_gdelt_is_a_lead_and_its_codes_of_countries_are_fips() -> None:
    lead, nigeria = claims("20240503.export.CSV")
    assert (lead.stance, lead.quantity, lead.confidence < 0.5) == (Stance.ALLEGED, None, True)
    assert lead.place is not None and lead.place.country == "NER", "NG is Niger there"
    assert nigeria.place is not None and (nigeria.place.country, nigeria.place.lat) == ("NGA", None)
    documents = [report.document for report in read(EXAMPLES / "20240503.export.CSV") if report.document is not None]
    assert [document.url for document in documents] == ["https://news.example/niamey-base", None]


def test_gdelt_1_says_what_gdelt_2_says() -> None:
    assert [_gist(one) for one in claims("gdelt_1.tsv")] == [_gist(one) for one in claims("20240503.export.CSV")]
    assert (len(gdelt.COLUMNS), len(gdelt.COLUMNS_1), len(ucdp.COLUMNS)) == (61, 58, 49)


def test_troopdata_never_says_that_none_were_there() -> None:
    niger, chad = claims("troopdata.csv")
    assert (niger.kind, niger.quantity and niger.quantity.low) == (Kind.PRESENCE, 1016)
    assert (chad.time and chad.time.earliest, chad.time and chad.time.latest) == ("2022-09-01", "2022-09-30")
    told = {issue.code: issue.message for issue in issues("troopdata.csv")}
    assert "0 may be missing" in told["no_claim"]


def test_what_is_wrong_is_told_with_its_line() -> None:
    assert [(issue.code, issue.message) for issue in issues("acled.csv")] == [
        ("bad_row", "line 6: event_date 'yesterday' is no date"),
        ("no_claim", "1 row not taken over, of no kind of ours: Other ×1 (first in line 5)"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "country", "sector"),
    [
        ("Military Forces of Mali (2021-)", "Mali, armed forces", "MLI", Sector.MIL),
        ("Military Forces of Mali (2021-) Gendarmerie", "Mali, Gendarmerie", "MLI", Sector.MIL),
        ("Government of Niger", "Niger, government", "NER", Sector.GOV),
        ("Government of DR Congo (Zaire)", "Democratic Republic of the Congo, government", "COD", Sector.GOV),
        ("JNIM: Group for Support of Islam and Muslims", "JNIM", None, Sector.REB),
        ("Wagner Group", "Wagner Group", "RUS", Sector.PMC),
        ("Civilians (Mali)", "Civilians (Mali)", "MLI", Sector.CIV),
        ("Germany, armed forces; Italy, armed forces", "Germany, armed forces; Italy, armed forces", None, Sector.MIL),
    ],
)
def test_names_of_actors(text: str, name: str, country: str | None, sector: Sector) -> None:
    assert named(text) == (name, country, sector)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Russia (Soviet Union)", "RUS"), ("NER", "NER"), ("Bosnia-Herzegovina", "BIH"), ("Atlantis", None)],
)
def test_names_of_countries(text: str, code: str | None) -> None:
    assert country_of(text) == code


HEAD = "event_id_cnty,event_date,event_type,sub_event_type,country,iso,notes"


def test_a_quote_that_is_never_closed_costs_its_line_only() -> None:
    bad = 'A1,2024-05-01,Battles,Armed clash,Mali,466,"open'
    good = "A2,2024-05-02,Battles,Armed clash,Mali,466,fine"
    found = written("\n".join([bad, good, good.replace("A2", "A3")]), HEAD)
    assert [issue.message for report in found for issue in report.issues] == ["line 2: a quote that is never closed"]
    assert [report.document.title for report in found if report.document] == [
        "ACLED A2: Armed clash",
        "ACLED A3: Armed clash",
    ]


def test_many_open_quotes_are_read_in_time() -> None:
    line = 'A1,2024-05-01,Battles,Armed clash,Mali,466,"open\n'
    began = time.monotonic()
    found = written(line * 2001, HEAD)
    assert time.monotonic() - began < 5
    assert found


def test_a_row_that_is_too_long_is_passed_over() -> None:
    long = "A1,2024-05-01,Battles,Armed clash,Mali,466," + "x" * (3 * ROW_LIMIT)
    found = written(f"{long}\nA2,2024-05-02,Battles,Armed clash,Mali,466,fine\n", HEAD)
    assert [issue.code for report in found for issue in report.issues] == ["too_large"]
    assert [report.claims[0].time.earliest for report in found if report.claims] == ["2024-05-02"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "row",
    [
        "A1,2024-05-01,Battles,Armed clash,Mali",
        "A1,2024-05-01,Battles,Armed clash,Mali,466,a,b",
        ",2024-05-01,Battles,Armed clash,Mali,466,no id",
        "A1,2024-99-01,Battles,Armed clash,Mali,466,no day",
    ],
)
def test_a_row_that_is_none_is_an_issue(row: str) -> None:
    found = written(row, HEAD)
    assert [issue.code for report in found for issue in report.issues] == ["bad_row"]
    assert all("line 2" in issue.message for report in found for issue in report.issues)


def test_coordinates_on_no_globe_are_an_issue() -> None:
    found = written("A1,2024-05-01,Battles,Armed clash,Mali,Gao,999,0,1", "event_id_cnty,event_date,event_type,"
                    "sub_event_type,country,location,latitude,longitude,geo_precision")  # fmt: skip
    assert "on no globe" in found[0].issues[0].message


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_any_bytes_under_a_header_are_rows_or_issues(data: bytes) -> None:
    for key, head in (("acled", HEAD), ("troopdata", "ccode,iso3c,countryname,year,month,troops_ad")):
        stream = io.BytesIO(head.encode() + b"\n" + data)
        found = data_set_of(stream.getvalue(), key)
        assert found is not None
        for report in reports(stream, found, None):
            assert report.claims or report.issues


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12), min_size=1, max_size=6))
def test_cells_stand_where_they_are_said_to(values: list[str]) -> None:
    text = ",".join('"' + value.replace('"', '""') + '"' for value in values)
    cells = split(text, ",")
    assert [cell.text for cell in cells] == [value.strip() for value in values]
    for cell in cells:
        assert cell.start is None or text[cell.start : cell.end] == cell.text


def test_lines_are_counted_across_rows_of_several_lines() -> None:
    form = layout(",", ("a", "b"))
    found = list(rows(io.BytesIO(b'a,b\n1,"x\ny"\n\n2,z\n'), form, None, skip=1))
    assert [row.line for row in found if not isinstance(row, Issue)] == [2, 5]
    assert MOST_LINES > 2


def test_a_file_of_nothing_known_is_of_no_data_set() -> None:
    for head in (b"", b"{}", b"a,b,c\n1,2,3", b"\xff\xfe\x00", b"event_id_cnty\tx"):
        assert data_set_of(head) is None
    assert data_set_of(b"ccode,iso3c,countryname,year,basename\n") is None
