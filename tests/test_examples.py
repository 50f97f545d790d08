"""The example reports, read as `make demo` reads them: what must hold by the facts they were written from."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "niger-2024"
BRIEFS = EXAMPLES / "briefs.jsonl"
Record = dict[str, Any]

FURNITURE = (
    "India", "Gulf of Aden", "Congo", "Serbia", "Kenya", "Haiti", "beaches", "Israel", "Pakistan",
    "air transport", "Togo", "armoured", "Tbilisi", "Storm", "partners store", "Photograph", "inbox", "Omdurman",
    "Lake Chad", "drones to Mali", "opposition leader", "Lions", "newsletter", "All rights reserved",
    "Kestrel archive",
)  # fmt: skip
"""Words that stand in the furniture of the two pages, and in no report."""

REWRITES = ("Russian troops enter", "Americans in Niamey get", "Russian forces now at base")


@dataclass(frozen=True)
class Read:
    """What the ledger holds after reading the examples."""

    ledger: Path
    documents: list[Record]
    claims: list[Record]

    def of(self, title: str, **wanted: str) -> list[Record]:
        """Claims of the report whose title starts so, with the values given for `kind`, `stance`, `actor`."""
        return [
            claim
            for claim in self.claims
            if (claim["document"]["title"] or "").startswith(title)
            and all(value(claim, slot) == text for slot, text in wanted.items())
        ]


def value(claim: Record, slot: str) -> str | None:
    """The country of an actor slot, else the slot itself."""
    found = claim[slot]
    return found["country"] if isinstance(found, dict) else found


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.stdout


def records(*arguments: str) -> list[Record]:
    return [json.loads(line) for line in run(*arguments, "--format", "jsonl").splitlines()]


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    ledger = tmp_path_factory.mktemp("examples") / "examples.db"
    run("add", str(EXAMPLES), "--ledger", str(ledger))
    at = ("--ledger", str(ledger))
    return Read(ledger, records("documents", *at), records("claims", *at))


def presences(read: Read, host: str, force: str) -> list[Record]:
    found = records("presence", "--host", host, "--ledger", str(read.ledger))
    return [row for row in found if row["force_country"] == force and row["sector"] in ("MIL", "PMC")]


def quantities(claims: list[Record]) -> set[tuple[float | None, float | None]]:
    return {(claim["quantity"]["low"], claim["quantity"]["high"]) for claim in claims if claim["quantity"]}


def test_every_report_is_read_with_its_date(read: Read) -> None:
    days = [path.name[:10] for path in EXAMPLES.iterdir() if path.name[0] == "2"]
    days += [json.loads(line)["published"] for line in BRIEFS.read_text(encoding="utf-8").splitlines()]
    found = [document["published"] or document["dateline_date"] or "none" for document in read.documents]
    assert Counter(stamp[:10] for stamp in found) == Counter(days)
    assert not records("issues", "--code", "no_date", "--ledger", str(read.ledger))


def test_every_report_has_claims_and_evidence(read: Read) -> None:
    assert {claim["document"]["id"] for claim in read.claims} == {document["id"] for document in read.documents}
    for claim in read.claims:
        assert claim["evidence"]
        assert all(piece["exact"] and piece["start"] < piece["end"] for piece in claim["evidence"])


def test_the_page_names_its_outlet_title_and_author(read: Read) -> None:
    (page,) = [document for document in read.documents if document["title"].startswith("US and Niger fix")]
    assert (page["outlet"], page["byline"]) == ("Northgate Post", "Ines Okafor")
    assert page["title"] == "US and Niger fix mid-September for American exit"


def test_furniture_makes_no_claims(read: Read) -> None:
    for claim in read.claims:
        if claim["document"]["title"] and claim["document"]["title"].startswith(("US and Niger fix", REWRITES[2])):
            words = " ".join(piece["exact"] for piece in claim["evidence"])
            assert not [word for word in FURNITURE if word in words]


def test_reading_twice_changes_nothing(read: Read) -> None:
    run("add", str(EXAMPLES), "--ledger", str(read.ledger))
    assert records("claims", "--ledger", str(read.ledger)) == read.claims


@pytest.mark.parametrize("title", REWRITES)
def test_each_rewrite_tells_of_the_russians_at_the_base(read: Read, title: str) -> None:
    claims = read.of(title, actor="RUS", kind="presence") + read.of(title, actor="RUS", kind="deployment")
    assert claims
    told = [claim["attribution"] for claim in claims if claim["attribution"]]
    assert any(attribution["anonymous"] for attribution in told)
    assert any("Meridian" in attribution["via"] for attribution in told)


PASSIVE_SOURCE = pytest.mark.xfail(strict=True, reason="a number of people expected, without a verb of coming")


@pytest.mark.parametrize("title", [REWRITES[0], pytest.param(REWRITES[1], marks=PASSIVE_SOURCE), REWRITES[2]])
def test_each_rewrite_gives_the_strengths(read: Read, title: str) -> None:
    given = quantities(read.of(title))
    assert (60, 60) in given
    assert (900, 1000) in given


def test_the_two_independent_reports_have_their_own_sources(read: Read) -> None:
    names = [
        {claim["attribution"]["source"]["name"] for claim in read.of(title) if claim["attribution"]}
        for title in ("Russians and last Americans", "More Russian advisers")
    ]
    assert all(names)
    assert not any("Meridian" in name for found in names for name in found)


def test_russia_in_niger(read: Read) -> None:
    (row,) = [row for row in presences(read, "NER", "RUS") if row["sector"] == "MIL"]
    assert row["status"] == "present"
    assert (row["low"], row["high"]) in {(60, 60), (100, 100)}


def test_americans_in_niger_are_never_added_up(read: Read) -> None:
    (row,) = presences(read, "NER", "USA")
    assert row["high"] is None or row["high"] <= 1100
    shown = {(strength["low"], strength["high"]) for strength in row["strengths"]}
    assert {(1100, 1100), (650, 650), (900, 1000)} <= shown
    assert row["departures"]


def test_the_plan_to_leave_is_a_plan_and_the_leaving_is_not(read: Read) -> None:
    plans = read.of("US and Niger fix", kind="withdrawal", stance="planned", actor="USA")
    assert any(claim["time"] and claim["time"]["latest"] == "2024-09-15" for claim in plans)
    assert read.of("American soldiers leave last base", kind="withdrawal", stance="asserted", actor="USA")


def test_the_french_left_niger(read: Read) -> None:
    left = read.of("Last French soldiers", kind="withdrawal", stance="asserted", actor="FRA")
    assert any(claim["time"] and claim["time"]["earliest"] == "2023-12-22" for claim in left)


@pytest.mark.xfail(strict=True, reason="“fifty soldiers”, without a nation, are taken for the host's")
def test_the_last_fifty_are_french(read: Read) -> None:
    assert (50, 50) in quantities(read.of("Last French soldiers", kind="withdrawal", actor="FRA"))


def test_denials_are_denied(read: Read) -> None:
    french = read.of("Benin denies", kind="presence", stance="denied", actor="FRA")
    wagner = read.of("Benin denies", kind="presence", stance="denied", actor="RUS")
    assert french and wagner
    assert all(claim["attribution"] for claim in french + wagner)
    assert not [row for row in presences(read, "BEN", "FRA") if row["status"] == "present"]


def test_planned_arrivals_do_not_count_as_there(read: Read) -> None:
    assert all((row["high"] or 0) <= 100 for row in presences(read, "BFA", "RUS") if row["sector"] == "MIL")


@pytest.mark.xfail(strict=True, reason="“put the number at 100”, “another 200 would follow”: numbers without a noun")
def test_bare_numbers_belong_to_the_force(read: Read) -> None:
    title = "Russian contingent lands"
    assert (100, 100) in quantities(read.of(title, stance="asserted", actor="RUS"))
    assert (200, 200) in quantities(read.of(title, stance="planned", actor="RUS"))


def test_money_is_no_strength(read: Read) -> None:
    title = "Niger renounces military accord"
    assert not [claim for claim in read.of(title, kind="presence") if (value_of(claim) or 0) > 2000]


def value_of(claim: Record) -> float | None:
    """The lower bound of a claim's quantity."""
    return claim["quantity"]["low"] if claim["quantity"] else None


def test_the_accusation_names_both_sides(read: Read) -> None:
    accused = read.of("Niger renounces military accord", kind="accusation")
    assert any((value(claim, "actor"), value(claim, "recipient")) == ("NER", "USA") for claim in accused)
