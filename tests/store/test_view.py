"""Listings: every filter narrows as it says, the newest reading is shown, limits say how much there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import fakes
from dateline import pipeline
from dateline.ledger import Ledger
from dateline.model import Claim, Kind, Stance
from dateline.pipeline import Reading
from dateline.store import UnknownIdError
from places import Places

OLD = "300 Russian soldiers are in Mali."
NEW = "40 American soldiers left Niger. 60 Russian soldiers will go to Niger. 9 Russian soldiers are not in Mali."


@pytest.fixture(scope="module")
def ledger(places: Places) -> Iterator[Ledger]:
    with pytest.MonkeyPatch.context() as patch, Ledger(places.new()) as ledger:
        fakes.install(patch)
        ledger.add_text(OLD, published="2022-01-08", outlet="Élan Daily")
        ledger.add_text(NEW, published="2024-05-04T22:00:00+02:00", outlet="Post")
        ledger.add_text("7 Russian soldiers are in Niger.")
        yield ledger


CLAIMS = [
    ({}, 5),
    ({"kind": "withdrawal"}, 1),
    ({"kind": Kind.PRESENCE, "stance": "asserted"}, 2),
    ({"stance": Stance.DENIED}, 1),
    ({"actor": "Russia"}, 4),
    ({"actor": "rus"}, 4),
    ({"actor": "AMERICAN"}, 1),
    ({"actor": "%"}, 0),
    ({"recipient": "Mali"}, 2),
    ({"recipient": "government"}, 5),
    ({"host": "Niger"}, 3),
    ({"host": "NER", "actor": "USA"}, 1),
    ({"place": "nig"}, 3),
    ({"source": "touré"}, 5),
    ({"source": "military"}, 5),
    ({"source": "igo"}, 0),
    ({"since": "2024-05-04"}, 3),
    ({"until": "2022-01-08"}, 1),
    ({"since": "2022-01-09", "until": "2024-05-03"}, 0),
    ({"text": "russian niger"}, 2),
    ({"text": "russian", "host": "MLI"}, 2),
]


@pytest.mark.parametrize(("wanted", "count"), CLAIMS)
def test_claims(ledger: Ledger, wanted: dict[str, str], count: int) -> None:
    assert len(ledger.claims(**wanted)) == count  # type: ignore[arg-type]


def test_newest_report_first_undated_last(ledger: Ledger) -> None:
    order = [(claim["document"]["published"] or "")[:4] for claim in ledger.claims().to_dicts()]
    assert order == ["2024", "2024", "2024", "2022", ""]
    numbers = [claim.quantity.low for claim in ledger.claims(since="2024-01-01") if claim.quantity]
    assert numbers == [40, 60, 9]


def test_limit_says_how_many_there_are(ledger: Ledger) -> None:
    for listing in (ledger.claims(limit=2), ledger.documents(limit=2), ledger.presence(limit=2)):
        assert len(listing) == 2
        assert listing.total > 2
    assert ledger.claims(limit=50).total == 5


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 3),
        ({"source": "elan"}, 1),
        ({"outlet": "POST"}, 1),
        ({"since": "2024-05-04"}, 1),
        ({"until": "2024-05-04"}, 2),
        ({"text": "american"}, 1),
    ],
)
def test_documents(ledger: Ledger, wanted: dict[str, str], count: int) -> None:
    assert len(ledger.documents(**wanted)) == count  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"host": "NER", "actor": "USA"}, ["leaving"]),
        ({"host": "Mali"}, ["present"]),
        ({"status": "leaving"}, ["leaving"]),
        ({"actor": "russia", "since": "2024-01-01"}, []),
        ({"until": "2022-12-31"}, ["present"]),
        ({"until": "2021-12-31"}, []),
    ],
)
def test_presence(ledger: Ledger, wanted: dict[str, str], found: list[str]) -> None:
    assert [str(row.status) for row in ledger.presence(**wanted)] == found  # type: ignore[arg-type]


def test_events(ledger: Ledger) -> None:
    assert {str(event.kind) for event in ledger.events(kind="withdrawal")} == {"withdrawal"}
    assert [str(event.stage) for event in ledger.events(host="Mali", actor="Russia")] == ["denied"]
    told = {key for event in ledger.events() for key in event.claims}
    assert told == {claim.id for claim in ledger.claims()} - {
        claim.id for claim in ledger.claims(kind="presence", stance="asserted")
    }


def test_unknown_words_for_a_kind_are_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="invasion"):
        ledger.claims(kind="invasion")


def test_show_by_any_unambiguous_beginning(ledger: Ledger) -> None:
    for record in (ledger.claims()[0], ledger.documents()[0], ledger.presence()[0], ledger.events()[0]):
        assert ledger.show(record.id) == record
        assert ledger.show(record.id[:-8]) == record
    with pytest.raises(UnknownIdError, match="beginning of claim-"):
        ledger.show("claim-")
    with pytest.raises(UnknownIdError, match="not known"):
        ledger.show("claim-zz")
    with pytest.raises(UnknownIdError):
        ledger.show("")


def test_presence_follows_what_is_added(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    with Ledger(place) as ledger:
        ledger.add_text(OLD, published="2022-01-08")
        before = ledger.presence(host="Mali")[0]
        ledger.add_text("500 Russian soldiers are in Mali.", published="2024-06-01")
        assert (before.low, ledger.presence(host="Mali")[0].low) == (300, 500)


def test_newest_reading_is_shown_and_the_older_kept(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    with Ledger(place) as ledger:
        assert ledger.add_text(NEW + " ???", published="2024-05-04").new == 1
        old = [claim.id for claim in ledger.claims()]

        def better(documents: list[object]) -> list[Reading]:
            found = [fakes.reading(document) for document in documents]  # type: ignore[arg-type]
            return [replace(one, claims=tuple(map(renamed, one.claims[:1])), issues=()) for one in found]

        monkeypatch.setattr(pipeline, "_read", better)
        monkeypatch.setattr(pipeline, "current_run", lambda _language=None: replace(fakes.RUN, id="run-2"))
        summary = ledger.add_text(NEW + " ???", published="2024-05-04")
        assert (summary.new, summary.reread, summary.known, summary.claims) == (0, 1, 0, 1)
        assert [claim.id for claim in ledger.claims()] == [f"{old[0]}-better"]
        assert ledger.issues().total == 0
        assert [claim.id for claim in ledger.claims_by_id(old)] == old
        assert [key for row in ledger.presence() for key in (*row.supports, *row.departures)] == [f"{old[0]}-better"]
        assert [run.id for run in ledger.runs()] == ["run-1", "run-2"]


def renamed(claim: Claim) -> Claim:
    return replace(claim, id=f"{claim.id}-better")
