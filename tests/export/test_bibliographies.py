"""BibTeX and CSL of the reports cited: kept parsers read them, styles render them, and the words come back."""

from __future__ import annotations

import io
import json
import re
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bibtexparser
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from dateline.export.citing import address, bibtex, tex
from dateline.ledger import Ledger
from golden import same_as_golden
from told_ledger import GOLDEN, exported, hostile_ledger, told_ledger

NAME = {"type": "object", "properties": {"literal": {"type": "string"}}, "additionalProperties": False}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "maxItems": 2,
            "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
        }
    },
    "additionalProperties": False,
}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": ["article-newspaper"]},
            "author": {"type": "array", "items": NAME},
            "issued": DATE,
            "custom": {"type": "object"},
            **{key: {"type": "string"} for key in ("id", "title", "container-title", "URL", "language", "note")},
        },
    },
}
"""The part of CSL's csl-data.json (1.0.2) that we use: a closed list of fields, as theirs is."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_ledger(tmp_path_factory.mktemp("cited") / "told.db")


def plain(latex: str) -> str:
    """What TeX would show; pylatexenc knows braces by another name and gives the circumflex as a letter."""
    known = latex.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    return str(LatexNodes2Text().latex_to_text(known)).replace("ˆ", "^")


def test_the_files_are_what_they_were(ledger: Path) -> None:
    same_as_golden(GOLDEN / "cited.bib", exported(ledger, "bibtex"))
    same_as_golden(GOLDEN / "cited.json", exported(ledger, "csl"))


def test_pybtex_reads_every_report_as_the_ledger_has_it(ledger: Path) -> None:
    found = parse_string(exported(ledger, "bibtex").decode(), "bibtex").entries
    with Ledger(ledger) as kept:
        reports = {one.id: one for one in kept.documents()}
    assert set(found) == set(reports)
    for key, entry in found.items():
        report = reports[key]
        assert entry.type == "online"
        assert plain(entry.fields["title"]) == (report.title or "untitled report")
        assert entry.fields.get("date", "") == (report.published or "")[:10]
        assert unquote(entry.fields["url"]) == unquote(report.url or "")
        (author,) = entry.persons["author"]
        assert plain(str(author)) == (report.byline or report.outlet)


def test_bibtexparser_reads_it_without_a_failed_block(ledger: Path, tmp_path: Path) -> None:
    for path in (ledger, hostile_ledger(tmp_path / "hostile.db")):
        library = bibtexparser.parse_string(exported(path, "bibtex").decode())
        assert not library.failed_blocks
        with Ledger(path) as kept:
            assert {entry.key for entry in library.entries} == {one.document for one in kept.claims()}


def test_hostile_titles_are_no_commands_of_tex(tmp_path: Path) -> None:
    found = parse_string(exported(hostile_ledger(tmp_path / "hostile.db"), "bibtex").decode(), "bibtex").entries
    for entry in found.values():
        fields = [value for name, value in entry.fields.items() if name != "url"]
        for told in (*fields, *map(str, entry.persons["author"])):
            bare = re.sub(r"\\text(?:backslash|brace\w+|less|greater|bar|quotedbl|ascii\w+)\{\}|\\[#$%&_]", "", told)
            assert "\\" not in bare
        assert entry.fields["url"] == "javascript:alert('PWNED')"


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_title_leaves_the_entry_whole(title: str) -> None:
    entry = bibtex("doc-1", {"title": title.strip() or "x", "note": "after"})
    found = parse_string(entry.encode("utf-8", "replace").decode(), "bibtex").entries["doc-1"]
    assert found.fields["note"] == "after"
    assert entry.count("{") == entry.count("}")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_address_is_made_of_characters_of_a_uri(url: str) -> None:
    told = address(url)
    assert told.isascii() and not set(told) & set(' {}\\"<>^`|\n')
    assert unquote(told) == unquote(url.strip()) or "%" in url


def test_braces_are_written_so_that_bibtex_counts_none() -> None:
    assert tex("{") == r"\textbraceleft{}"


def test_csl_passes_its_schema_and_holds_what_the_ledger_has(ledger: Path) -> None:
    found = json.loads(exported(ledger, "csl"))
    jsonschema.validate(found, CSL)
    with Ledger(ledger) as kept:
        reports = {one.id: one for one in kept.documents()}
    assert {one["id"] for one in found} == set(reports)
    for one in found:
        report = reports[one["id"]]
        assert one["title"] == (report.title or "untitled report")
        assert one.get("container-title") == report.outlet
        day = [int(part) for part in (report.published or "")[:10].split("-") if part]
        assert one.get("issued", {}).get("date-parts", [[]])[0] == day
        assert one["custom"].get("agency") == report.agency


def rendered(data: bytes) -> list[str]:
    """The bibliography as citeproc sets it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        given: Any = json.loads(data)
        source = CiteProcJSON(given)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for one in given:
            bibliography.register(Citation([CitationItem(one["id"])]))
        bibliography.sort()
        return [str(item) for item in bibliography.bibliography()]


def test_citeproc_renders_the_reports(ledger: Path) -> None:
    told = rendered(exported(ledger, "csl"))
    assert len(told) == 4
    assert any("Aïssa Ba and José {Jr}" in one and "L’été à Ségou" in one and "2024" in one for one in told)


def test_hostile_reports_pass_the_schema_and_are_rendered(tmp_path: Path) -> None:
    data = exported(hostile_ledger(tmp_path / "hostile.db"), "csl")
    jsonschema.validate(json.loads(data), CSL)
    assert len(rendered(data)) == len(json.loads(data))


def test_a_ledger_without_claims_cites_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path / "empty.db"):
        pass
    assert json.loads(exported(tmp_path / "empty.db", "csl")) == []
    assert not parse_string(io.StringIO(exported(tmp_path / "empty.db", "bibtex").decode()).read(), "bibtex").entries
