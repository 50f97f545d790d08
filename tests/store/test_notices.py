"""Notices of wires: what they set aside at once, whatever came first, and what analysts and time make of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import pytest

import fakes
from dateline.ledger import Ledger
from dateline.model import Document, Effect, Notice, PubStatus
from dateline.pipeline import Reading
from dateline.store.errors import UnknownIdError

URN = "urn:newsml:wire.example:20240504:1"
V1 = fakes.document("100 Russian soldiers are in Niger.", published="2024-05-04", title="First")
V2 = fakes.document("90 Russian soldiers are in Niger.", published="2024-05-05", title="Second")
OTHER = fakes.document("40 American soldiers left Niger.", published="2024-05-05", title="Other")


class Clock:
    """A moment that tests set."""

    at = "2024-05-06T00:00:00Z"

    def __call__(self) -> str:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(place: str, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[Ledger]:
    fakes.install(monkeypatch)
    with Ledger(place, clock=clock) as made:
        made.add_readings([Reading(OTHER)])
        yield made


def sent(document: Document | None, version: str, **told: object) -> Reading:
    """A version of the item as it is sent."""
    notice = Notice("", URN, version=version, document=None if document is None else document.id, **told)  # type: ignore[arg-type]
    return Reading(document, notices=(notice,))


CANCEL = sent(None, "3", status=PubStatus.CANCELED, note="wrong unit")


def listed(ledger: Ledger) -> set[str | None]:
    """What is current everywhere: listings, search, claims and presences agree on it."""
    titles = {document.title for document in ledger.documents()}
    assert {document.title for document in ledger._view.documents_page().rows} == titles
    assert {document.title for document in ledger.documents(text="soldiers")} == titles
    headers = ledger.headers(claim.document for claim in ledger.claims())
    assert {header.title for header in headers.values()} == titles
    carried = {document for origin in ledger.origins() for document in origin.documents}
    assert {header.title for header in ledger.headers(carried).values()} == titles
    return titles


def present(ledger: Ledger) -> list[tuple[float | None, str]]:
    return [(row.low, str(row.status)) for row in ledger.presence(actor="Russia")]


@pytest.mark.parametrize("order", list(permutations([sent(V1, "1"), sent(V2, "2")])))
def test_a_correction_takes_the_place_of_the_earlier_version(ledger: Ledger, order: tuple[Reading, ...]) -> None:
    for reading in order:
        ledger.add_readings([reading])
    assert listed(ledger) == {"Second", "Other"}
    assert present(ledger) == [(90, "present")]
    effect = ledger.effect_on(V1.id)
    assert effect is not None
    assert effect.effect is Effect.SUPERSEDED
    assert [notice.version for notice in ledger.notices(V1.id)] == ["1", "2"]


@pytest.mark.parametrize("order", list(permutations([sent(V1, "1"), sent(V2, "2"), CANCEL])))
def test_a_cancel_retracts_every_version_whenever_it_comes(ledger: Ledger, order: tuple[Reading, ...]) -> None:
    for reading in order:
        ledger.add_readings([reading])
        ledger.presence()
    assert listed(ledger) == {"Other"}
    assert present(ledger) == []
    assert {ledger.effect_on(one.id).effect for one in (V1, V2)} == {Effect.RETRACTED}  # type: ignore[union-attr]
    assert ledger.document(V1.id).text == V1.text
    assert len(ledger.claims(document=V1.id)) == 1, "a report's own page still has what was read in it"


def test_a_cancel_of_an_unknown_item_waits_and_a_later_version_revives_it(ledger: Ledger) -> None:
    summary = ledger.add_readings([CANCEL])
    assert (summary.reports, summary.notices) == (0, 1)
    ledger.add_readings([sent(V1, "1")])
    assert listed(ledger) == {"Other"}
    ledger.add_readings([sent(V2, "4")])
    assert listed(ledger) == {"Second", "Other"}


def test_versions_are_compared_as_numbers_and_then_by_moment(ledger: Ledger) -> None:
    ledger.add_readings([sent(V2, "10"), sent(V1, "9")])
    assert listed(ledger) == {"Second", "Other"}
    third = fakes.document("7 Russian soldiers are in Niger.", title="Third")
    ledger.add_readings([sent(third, "10", issued="2024-05-07T00:00:00Z")])
    assert listed(ledger) == {"Third", "Other"}


def test_an_embargo_ends_with_the_next_question(ledger: Ledger, clock: Clock) -> None:
    ledger.add_readings([sent(V1, "1", embargoed="2024-05-06T14:00:00+02:00")])
    assert listed(ledger) == {"Other"}
    assert ledger._view.documents_page().total == 1
    clock.at = "2024-05-06T11:59:59Z"
    ledger.presence()
    assert listed(ledger) == {"Other"}
    clock.at = "2024-05-06T12:00:00Z"
    assert present(ledger) == [(100, "present")]
    assert listed(ledger) == {"First", "Other"}
    told = [line.told for line in ledger.log(target=V1.id)]
    assert told == [
        "counts again: First",
        "held back until its embargo is over: First",
        "First: 1 claim",
        f"its provider embargoes {URN}, version 1, until 2024-05-06 12:00 UTC",
    ]


def test_what_is_withheld_comes_back_when_it_may_be_used(ledger: Ledger) -> None:
    ledger.add_readings([sent(V1, "1", status=PubStatus.WITHHELD)])
    assert listed(ledger) == {"Other"}
    ledger.add_readings([sent(V1, "2")])
    assert listed(ledger) == {"First", "Other"}


def test_a_summary_does_not_take_the_place_of_the_whole(ledger: Ledger) -> None:
    ledger.add_readings([sent(V1, "1"), sent(V2, "2", summary=True)])
    assert listed(ledger) == {"First", "Other"}
    assert ledger.effect_on(V2.id).effect is Effect.SUPERSEDED  # type: ignore[union-attr]


def test_a_version_that_could_not_be_read_supersedes_nothing(ledger: Ledger) -> None:
    ledger.add_readings([sent(V1, "1"), Reading(V2, refused=True, notices=sent(V2, "2").notices)])
    assert listed(ledger) == {"First", "Other"}


def test_an_analyst_disregards_a_notice_and_takes_that_back(ledger: Ledger) -> None:
    ledger.add_readings([sent(V1, "1"), CANCEL])
    assert listed(ledger) == {"Other"}
    cancel = ledger.notices(V1.id)[-1]
    made = ledger.judging("anna").reject(cancel.id, reason="sent by somebody else").judgements[0]
    assert listed(ledger) == {"First", "Other"}
    assert present(ledger) == [(100, "present")]
    ledger.judging("anna").undo(made.id)
    assert listed(ledger) == {"Other"}
    assert present(ledger) == []
    with pytest.raises(UnknownIdError):
        ledger.judging("anna").reject("notice-00", reason="no such notice")


def test_the_ledger_as_of_a_day_before_the_cancel_has_the_report(ledger: Ledger, clock: Clock) -> None:
    ledger.add_readings([sent(V1, "1", embargoed="2024-05-07T00:00:00Z")])
    clock.at = "2024-05-08T10:00:00Z"
    ledger.add_readings([CANCEL])
    assert listed(ledger) == {"Other"}
    with ledger.as_of("2024-05-07") as then:
        assert listed(then) == {"First", "Other"}
        assert present(then) == [(100, "present")]
    with ledger.as_of("2024-05-06T12:00:00Z") as then:
        assert listed(then) == {"Other"}, "its embargo was not over then"


def test_sending_again_changes_nothing(ledger: Ledger) -> None:
    ledger.add_readings([sent(V1, "1"), sent(V2, "2")])
    before = [line.entry.number for line in ledger.log()]
    summary = ledger.add_readings([sent(V1, "1"), sent(V2, "2")])
    assert (summary.known, summary.notices) == (2, 0)
    assert [line.entry.number for line in ledger.log()] == before


def test_an_item_is_found_by_the_id_its_provider_gave_it(ledger: Ledger) -> None:
    ledger.add_readings([sent(V1, "1")])
    assert ledger.show(URN) == V1
    notice = ledger.notices(V1.id)[0]
    assert ledger.show(notice.id[:14]) == notice
