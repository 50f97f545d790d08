"""Copies, cuts, rewrites, parts and mixtures of reports, told from other reports of the same event."""

from __future__ import annotations

import pytest
from origin_texts import ELSEWHERE, OTHER, REWRITE, WIRE, on_page, paragraphs, report

from dateline.model import Document, OriginLink, OriginSign
from dateline.reconcile.origins import all_origins, is_partial, link, sketch
from dateline.reconcile.verdicts import Verdicts

BASE = report(WIRE, "Northwire")
ADDED = (
    "Our correspondent adds that the fuel station at the crossing had been dry since Sunday and that schools in the "
    "old town stayed open. Elders of the quarter met in the evening to hear what the prefect had to say."
)


def tied(one: Document, other: Document) -> OriginLink | None:
    texts = {document.id: document.text for document in (one, other)}
    there = link(sketch(one, ()), sketch(other, ()), texts.__getitem__)
    assert there == link(sketch(other, ()), sketch(one, ()), texts.__getitem__)
    return there


def whole(one: Document, other: Document) -> OriginLink:
    found = tied(one, other)
    assert found is not None and not is_partial(found)
    return found


@pytest.mark.parametrize(
    "copy",
    [
        report(WIRE, "Daily Compass", "2031-05-07"),
        on_page(WIRE, "Daily Compass"),
        report(WIRE.replace("U.S.", "US").replace('"', "“"), "Daily Compass"),
        report(paragraphs(WIRE, 0, 1, 2), "Daily Compass", "2031-05-07"),
        report(paragraphs(WIRE, 0, 6, 5, 3, 2, 1), "Daily Compass", "2031-05-08"),
        report(f"New guests\n\n{paragraphs(WIRE, 1, 2, 3, 4, 5, 6, 7)}\n\n{ADDED}", "Daily Compass", "2031-05-07"),
        report(REWRITE, "Harmattan Herald", "2031-05-07"),
    ],
    ids=["verbatim", "on a page", "other marks", "cut", "reordered", "added to", "rewritten"],
)
def test_copies_and_rewrites_are_of_one_origin(copy: Document) -> None:
    whole(BASE, copy)


@pytest.mark.parametrize("other", [OTHER, ELSEWHERE], ids=["same event", "elsewhere"])
def test_reports_of_other_reporters_stay_apart(other: str) -> None:
    assert tied(BASE, report(other, "River Tribune")) is None
    assert tied(report(REWRITE, "Harmattan Herald"), report(other, "River Tribune")) is None


def test_a_paragraph_taken_is_a_part() -> None:
    taken = report(f"{OTHER}\n\n{paragraphs(WIRE, 5)}", "River Tribune", "2031-05-07")
    found = tied(BASE, taken)
    assert found is not None and is_partial(found)
    assert OriginSign.SHARED_PASSAGES in found.signs
    assert found.reason == (
        "River Tribune takes a part of the report of Northwire of 6 May 2031: 21 % of the words in shared passages, "
        "the same figures 12.4, 860."
    )
    origins = all_origins([BASE, taken], ())
    assert [origin.documents for origin in origins] == [(BASE.id,), (taken.id,)]
    assert all(len(origin.partial) == 1 for origin in origins)


def test_a_round_up_belongs_to_none_of_its_sources() -> None:
    other = report(ELSEWHERE, "River Tribune")
    mixed = report(
        f"Morning briefing\n\n{paragraphs(WIRE, 1, 2, 3, 4)}\n\n{paragraphs(ELSEWHERE, 1, 2, 3)}",
        "Digest",
        "2031-05-06",
    )
    cut = report(paragraphs(WIRE, 0, 1, 2, 3), "Daily Compass", "2031-05-07")
    origins = all_origins([mixed, cut, other, BASE], ())
    assert {frozenset(origin.documents) for origin in origins} == {
        frozenset({BASE.id, cut.id}),
        frozenset({other.id}),
        frozenset({mixed.id}),
    }
    (alone,) = (origin for origin in origins if origin.documents == (mixed.id,))
    assert {tie.earlier for tie in alone.partial} | {tie.later for tie in alone.partial} >= {BASE.id, other.id}


def test_what_a_copy_changed_is_told_with_offsets_in_both_texts() -> None:
    text = WIRE.replace("About 140", "About 400").replace("on Tuesday", "on Wednesday").replace("Tamarka", "Sevare", 2)
    text = text.replace("Colonel Amina Essono", "Colonel Anita Essono").replace(f"{paragraphs(WIRE, 6)}\n\n", "")
    copy = report(f"{text}\n\n{ADDED}", "Daily Compass", "2031-05-07")
    found = whole(BASE, copy)
    told = [(change.what, change.before, change.after) for change in found.changes]
    for change in (
        ("number", "140", "400"),
        ("date", "Tuesday", "Wednesday"),
        ("place", "Tamarka", "Sevare"),
        ("name", "Amina Essono", "Anita Essono"),
    ):
        assert change in told
    assert any(what == "words" and after is None and "cargo planes" in before for what, before, after in told if before)
    assert any(what == "words" and before is None and "prefect" in after for what, before, after in told if after)
    for change in found.changes:
        for piece, start, whole_text in (
            (change.before, change.before_start, BASE.text),
            (change.after, change.after_start, copy.text),
        ):
            assert piece is None or (start is not None and whole_text.startswith(piece, start))


def test_a_base_swapped_is_a_place_changed() -> None:
    told = WIRE.replace("airfield of Tamarka", "base known as Airbase 101")
    found = whole(report(told, "A"), report(told.replace("Airbase 101", "Airbase 201"), "B", "2031-05-07"))
    assert [(c.what, c.before, c.after) for c in found.changes] == [("place", "Airbase 101", "Airbase 201")]


def test_a_figure_changed_in_a_reworded_sentence_is_told() -> None:
    found = whole(BASE, report(REWRITE.replace("860", "680"), "Harmattan Herald", "2031-05-07"))
    assert ("number", "860", "680") in [(c.what, c.before, c.after) for c in found.changes]


def test_the_reason_is_one_plain_sentence() -> None:
    found = whole(BASE, report(WIRE, "Daily Compass", "2031-05-07"))
    assert found.reason == (
        "Daily Compass carries the report of Northwire of 6 May 2031: the same text, both name Meridian as told, "
        "the same quotation “we do not share a fence with them …”, the same figures 12.4, 140, 37, "
        "the same unnamed source."
    )
    assert (found.share, found.taken) == (1.0, 1.0)
    assert (found.earlier, found.changes) == (BASE.id, ())


def test_furniture_is_no_text_of_a_report() -> None:
    one, other = on_page(OTHER, "River Tribune"), on_page(ELSEWHERE, "River Tribune")
    assert tied(one, other) is None
    assert whole(BASE, on_page(WIRE, "Daily Compass")).share == 1.0


def test_a_later_report_that_used_a_brief_among_much_else_only_took_it() -> None:
    brief = report(paragraphs(WIRE, 1, 2), "Northwire", "2031-05-05")
    longer = report(f"{OTHER}\n\n{paragraphs(WIRE, 1, 2)}", "River Tribune", "2031-05-07")
    found = tied(brief, longer)
    assert found is not None and is_partial(found)


def test_judgements_join_and_part_origins() -> None:
    copy, own = report(WIRE, "Daily Compass", "2031-05-07"), report(ELSEWHERE, "River Tribune")
    documents = [BASE, copy, own]
    merged = all_origins(documents, (), Verdicts(documents_together=(frozenset({copy.id, own.id}),)))
    assert [set(origin.documents) for origin in merged] == [{BASE.id, copy.id, own.id}]
    assert any(OriginSign.JUDGED in tie.signs for tie in merged[0].links)
    split = all_origins(documents, (), Verdicts(documents_apart=((frozenset({BASE.id}), frozenset({copy.id})),)))
    assert all(len(origin.documents) == 1 for origin in split)


def test_a_split_takes_the_copies_of_each_side_along() -> None:
    sides = [report(WIRE, name, "2031-05-07") for name in ("Daily Compass", "Atlas Daily")]
    apart = Verdicts(documents_apart=((frozenset({BASE.id}), frozenset({sides[0].id})),))
    origins = all_origins([BASE, *sides], (), apart)
    assert sorted(len(origin.documents) for origin in origins) == [1, 2]
    assert not any({BASE.id, sides[0].id} <= set(origin.documents) for origin in origins)


def test_an_origin_is_named_after_the_newsroom_credited() -> None:
    copy = report(WIRE, "Daily Compass", "2031-05-07", agency="Northern Wire")
    (origin,) = all_origins([BASE, copy], ())
    assert (origin.name, origin.earliest, origin.documents) == ("Northern Wire", "2031-05-06", (BASE.id, copy.id))
    (alone,) = all_origins([report(OTHER, "River Tribune")], ())
    assert (alone.name, alone.links, alone.partial) == ("River Tribune", (), ())


def test_reports_without_day_or_words_do_no_harm() -> None:
    odd = [report("", "A"), report("???", "B", None), report("Not much.", "C", None), report(WIRE, "D", None)]
    origins = all_origins([*odd, BASE], ())
    assert sorted(document for origin in origins for document in origin.documents) == sorted(
        {document.id for document in (*odd, BASE)}
    )
