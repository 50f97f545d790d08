"""The path in a few functions: chunks, refusals, and nothing dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import fakes
from dateline import pipeline
from dateline.ledger import Ledger
from dateline.lexicon.intact import DamagedDataError
from dateline.model import Claim, Document, Evidence, Hints, Issue
from dateline.parse import parsed_documents
from dateline.pipeline import CHUNK, Reading, describe, extract_claims, ingest_documents


def folder(tmp_path: Path, count: int) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(count):
        (reports / f"{number:03}.txt").write_text(fakes.report(number), encoding="utf-8")
    return reports


def test_reports_flow_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    taken = 0

    def described() -> Iterator[Reading]:
        nonlocal taken
        for number in range(3 * CHUNK):
            taken += 1
            yield Reading(fakes.document(fakes.report(number)))

    read = extract_claims(described())
    next(read)
    assert taken == CHUNK
    assert len(list(read)) == 3 * CHUNK - 1


def test_refused_reports_pass_through_in_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    readings = [Reading(fakes.document(fakes.report(number))) for number in range(5)]
    readings[2] = Reading(None, issues=(Issue("empty", "an empty file"),), refused=True)
    found = list(extract_claims(readings))
    assert [reading.refused for reading in found] == [False, False, True, False, False]
    assert [len(reading.claims) for reading in found] == [3, 3, 0, 3, 3]


class Broken:
    """A parser that fails on one report."""

    def __call__(self, documents: Sequence[Document]) -> list[Reading]:
        if any("BROKEN" in document.text for document in documents):
            raise IndexError("list index out of range")
        return [fakes.reading(document) for document in documents]


def test_a_report_that_breaks_the_parser_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = folder(tmp_path, 4)
    (reports / "001.txt").write_text("BROKEN report\n", encoding="utf-8")
    monkeypatch.setattr(pipeline, "_parsed", Broken())
    with Ledger(":memory:") as ledger:
        summary = ledger.add(reports)
        (issue,) = ledger.issues(code="failed")
    assert (summary.new, summary.refused, summary.reasons) == (3, 1, {"failed": 1})
    assert issue.message.startswith("not read, by a fault of dateline and not of the report; please tell its makers")
    assert "IndexError in dateline.pipeline, line " in issue.message
    assert issue.message.endswith(": list index out of range)")
    assert issue.path is not None and issue.path.endswith("001.txt")


def test_a_generator_that_breaks_refuses_its_report_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import dateline.extract
    import dateline.parse

    def broken(parsed: object) -> Iterator[Claim]:
        yield next(iter(()))

    monkeypatch.setattr(dateline.parse, "parsed_documents", lambda documents: [object()])
    monkeypatch.setattr(dateline.extract, "claims", broken)
    (reading,) = extract_claims([Reading(fakes.document(fakes.report(1)))])
    assert reading.refused
    assert "RuntimeError in dateline.pipeline" in reading.issues[0].message


def test_damaged_data_stops_the_reading_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(documents: Sequence[Document]) -> list[Reading]:
        raise DamagedDataError("the gazetteer is damaged")

    monkeypatch.setattr(pipeline, "_parsed", damaged)
    with pytest.raises(DamagedDataError):
        list(extract_claims([Reading(fakes.document(fakes.report(1)))]))


def test_claims_that_do_not_quote_their_report_are_issues(monkeypatch: pytest.MonkeyPatch) -> None:
    import dateline.extract
    import dateline.parse

    made = fakes.document(fakes.report(1))
    good = fakes.claims(made)
    wrong = [
        replace(good[0], evidence=(Evidence(0, 4, "made up"),)),
        replace(good[1], evidence=()),
    ]

    class Parsed:
        document = made

    monkeypatch.setattr(dateline.parse, "parsed_documents", lambda documents: [Parsed()])
    monkeypatch.setattr(dateline.extract, "claims", lambda parsed: iter([*wrong, good[2]]))
    monkeypatch.setattr(dateline.extract, "issues", lambda parsed: iter(()))
    (reading,) = extract_claims([Reading(made)])
    assert reading.claims == (good[2],)
    assert [issue.code for issue in reading.issues] == ["no_span", "no_span"]


def test_too_long_and_broken_unicode_are_refused() -> None:
    hints = Hints(path="here.txt")
    long = describe(fakes.document("a" * (pipeline.LONGEST + 1)), hints)
    lone = describe(fakes.document("a \ud800 b"), hints)
    for reading, code in ((long, "too_long"), (lone, "not_unicode")):
        assert reading.refused
        assert [(issue.code, issue.path) for issue in reading.issues] == [(code, "here.txt")]


def test_every_file_is_read_or_refused_by_name(tmp_path: Path) -> None:
    reports = folder(tmp_path, 2)
    (reports / "empty.txt").touch()
    (reports / "german.txt").write_text(
        "Die Regierung hat am Dienstag angekündigt, dass die ausländischen Soldaten das Land vor Ende September "
        "verlassen werden, wie der Sprecher der Regierung im staatlichen Fernsehen mitteilte.\n" * 3,
        encoding="utf-8",
    )
    found = list(ingest_documents([reports, tmp_path / "none.txt"], Hints(published="2024-05-04")))
    outcome = {Path(reading.path or "").name: [i.code for i in reading.issues if reading.refused] for reading in found}
    assert outcome == {
        "000.txt": [],
        "001.txt": [],
        "empty.txt": ["empty"],
        "german.txt": ["unsupported_language"],
        "none.txt": ["unreadable"],
    }
    assert "en" in next(r for r in found if (r.path or "").endswith("german.txt")).issues[-1].message


def test_same_program_same_run() -> None:
    assert pipeline.current_run() == pipeline.current_run()
    assert pipeline.current_run().model


def test_real_reading_end_to_end() -> None:
    text = "NIAMEY, May 4 - About 60 Russian soldiers arrived in Niger on Friday, an army spokesman said.\n"
    with Ledger(":memory:") as ledger:
        first = ledger.add_text(text, published="2024-05-04")
        again = ledger.add_text(text, published="2024-05-04")
        (document,) = ledger.documents()
        for claim in ledger.claims():
            assert all(part.exact == document.text[part.start : part.end] for part in claim.evidence)
            assert claim.document == document.id
        assert first.claims == ledger.claims().total > 0
    assert (first.new, again.new, again.known) == (1, 0, 1)


def test_reports_of_two_languages_keep_their_order_and_each_has_the_run_of_its_own() -> None:
    texts = {
        "fr": "Les soldats français ont quitté Niamey, a annoncé le ministère nigérien de la Défense.",
        "en": "Russian troops withdrew from Gao, the Malian army said.",
    }
    given = [Document(f"d{n}", texts[code], "", language=code) for n, code in enumerate(("fr", "en", "fr", "en"))]
    parsed = list(parsed_documents(given))
    assert [p.document.id for p in parsed] == ["d0", "d1", "d2", "d3"]
    assert [p.doc.text.strip()[:7] for p in parsed] == ["Les sol", "Russian"] * 2
    assert [p.doc.lang_ for p in parsed] == ["fr", "en"] * 2
    english, french = pipeline.current_run("en"), pipeline.current_run("fr")
    assert english == pipeline.current_run()
    assert french.id != english.id
    assert french.model.startswith("fr_")
    assert "kinds" in english.settings
    assert "kinds" not in french.settings, "the learned model of kinds does not read French"


def test_a_language_without_its_parser_is_refused_by_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.parse import nlp

    monkeypatch.setattr(nlp, "installed_model", lambda code: None)
    text = "Le gouvernement a annoncé mardi que les soldats étrangers quitteront le pays avant la fin du mois. " * 3
    (reading,) = pipeline.ingest_text(text, Hints(published="2024-05-04", language="fr"))
    assert reading.refused
    assert [issue.code for issue in reading.issues if issue.code == "unsupported_language"]
    assert "dateline[fr]" in reading.issues[-1].message


def test_what_is_loaded_is_collected_no_more_after_a_whole_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    settled = []
    monkeypatch.setattr(pipeline.gc, "freeze", lambda: settled.append(True))
    pipeline._settle.cache_clear()
    few = (Reading(fakes.document(fakes.report(number))) for number in range(CHUNK - 1))
    assert len(list(extract_claims(few))) == CHUNK - 1
    assert not settled
    many = (Reading(fakes.document(fakes.report(number))) for number in range(3 * CHUNK))
    assert len(list(extract_claims(many))) == 3 * CHUNK
    assert len(settled) == 1
    pipeline._settle.cache_clear()
