"""Dossiers: folders of static pages that open from a disk, and their download from the desk."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.desk.dossier import Choice, Subject
from dateline.export.blurring import Blur
from dateline.store import LedgerError, open_store
from dateline.web.dossier import Edition, FolderError, differences, write_dossier
from hostile_reports import MARK, hostile_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DAY = date(2024, 9, 30)
NIGER = Edition(Subject.called("Niger", None), DAY)


def written(ledger: Path, edition: Edition, target: Path) -> Path:
    store = open_store(ledger, create=False)
    try:
        write_dossier(store, edition, target)
    finally:
        store.close()
    return target


@pytest.fixture(scope="session")
def niger(examples_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier of Niger."""
    return written(examples_ledger, NIGER, tmp_path_factory.mktemp("dossier") / "niger")


@pytest.fixture(scope="session")
def hostile_niger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of reports that try everything."""
    folder = tmp_path_factory.mktemp("dossier")
    hostile_store(folder / "hostile.db").close()
    return written(folder / "hostile.db", NIGER, folder / "niger")


class Links(HTMLParser):
    """What a page points at, its ids, its elements, and the attributes that could run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "src") and value:
                self.links.append(value)


def pages(root: Path) -> dict[Path, Links]:
    return {path: Links(path.read_text("utf-8")) for path in sorted(root.rglob("*.html"))}


@pytest.mark.parametrize("which", ["niger", "hostile_niger"])
def test_every_link_leads_somewhere_in_the_folder(which: str, request: pytest.FixtureRequest) -> None:
    root = request.getfixturevalue(which)
    read = pages(root)
    assert len(read) > 10
    for path, page in read.items():
        assert len(page.ids) == len(set(page.ids)), path
        for link in page.links:
            if link.startswith(("http://", "https://")):
                continue
            target, _, anchor = link.partition("#")
            assert not re.match(r"[a-z]+:|/", target), link
            found = (path.parent / target).resolve() if target else path
            assert found.is_file() and found.is_relative_to(root), (path, link)
            assert not anchor or anchor in read[found].ids, (path, link)


@pytest.mark.parametrize("which", ["niger", "hostile_niger"])
def test_nothing_in_it_runs(which: str, request: pytest.FixtureRequest) -> None:
    for path, page in pages(request.getfixturevalue(which)).items():
        assert not page.tags & {"script", "iframe", "object", "embed", "base", "form", "style"}, path
        assert not any(name.startswith("on") or name == "style" for name in page.attributes), path
        assert "script" not in path.read_text("utf-8").partition("Content-Security-Policy")[2].partition('"')[0]


def test_hostile_words_are_seen_and_not_obeyed(hostile_niger: Path) -> None:
    text = "".join(path.read_text("utf-8") for path in hostile_niger.rglob("*.html"))
    assert MARK in text and f"<script>alert(&#39;{MARK}" not in text and "<script" not in text
    assert "\u202e" not in text and "\\u202e" in text and "\x00" not in text and "{{ 7*7 }}" in text
    for line in (hostile_niger / "claims.csv").read_text("utf-8").splitlines()[1:]:
        assert not re.search(r'(^|,)"?[=+@]', line), line
    for svg in (hostile_niger / "charts").iterdir():
        assert "<script" not in svg.read_text("utf-8")


def test_records_are_those_of_the_ledger(examples_ledger: Path, niger: Path) -> None:
    lines = [json.loads(line) for line in (niger / "claims.jsonl").read_text("utf-8").splitlines()]
    ids = {record["id"] for record in lines}
    assert len(ids) == len(lines) > 20
    rows = (niger / "claims.csv").read_text("utf-8").splitlines()
    assert rows[0].startswith("id,kind,stance") and sum(row.startswith("claim-") for row in rows) == len(lines)
    manifest = json.loads((niger / "manifest.json").read_text("utf-8"))
    assert manifest["counts"]["claims"] == len(lines) and manifest["host"] == "NER" and manifest["date"] == "2024-09-30"
    index = (niger / "index.html").read_text("utf-8")
    assert "Foreign forces in Niger" in index and manifest["state"] in index and "2024-09-30" in index


def test_the_same_state_gives_the_same_bytes(examples_ledger: Path, niger: Path, tmp_path: Path) -> None:
    again = written(examples_ledger, NIGER, tmp_path / "again")
    names = sorted(path.relative_to(niger) for path in niger.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert all((niger / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_it_can_be_checked_back(examples_ledger: Path, tmp_path: Path) -> None:
    root = written(examples_ledger, NIGER, tmp_path / "niger")
    assert differences(root) == []
    (root / "index.html").write_text("changed")
    (root / "desk.css").unlink()
    (root / "more.html").write_text("")
    (root / "dossier.css").unlink()
    (root / "dossier.css").symlink_to("/nowhere")
    assert differences(root) == [
        "desk.css is missing",
        "more.html is not of the dossier",
        "dossier.css was changed",
        "index.html was changed",
    ]
    result = CliRunner().invoke(app, ["dossier", "--check", str(root)])
    assert result.exit_code == 1 and "index.html was changed" in result.output
    with pytest.raises(FolderError, match="no dossier"):
        differences(tmp_path)


def test_texts_can_be_left_out(examples_ledger: Path, niger: Path, tmp_path: Path) -> None:
    root = written(examples_ledger, Edition(NIGER.subject, DAY, Choice(texts=False)), tmp_path / "niger")
    reports = [path for path in root.glob("reports/*.html") if "report-text" in path.read_text("utf-8")]
    assert reports == [] and any("report-text" in path.read_text("utf-8") for path in niger.glob("reports/*.html"))
    assert "blockquote" in next(root.glob("reports/*.html")).read_text("utf-8")


@pytest.mark.parametrize("blur", list(Blur))
def test_blurred_places_are_told_nowhere(examples_ledger: Path, tmp_path: Path, blur: Blur) -> None:
    root = written(examples_ledger, Edition(NIGER.subject, DAY, Choice(blur=blur)), tmp_path / "niger")
    names = re.compile(r"Agadez|Niamey|Airbase \d|Base 101", re.IGNORECASE)
    for path in root.rglob("*"):
        if path.is_file():
            assert not names.search(path.read_text("utf-8")), path
    for line in (root / "claims.jsonl").read_text("utf-8").splitlines():
        place, document = json.loads(line)["place"], json.loads(line)["document"]
        assert document["url"] is None
        if place is not None and blur is Blur.COUNTRY:
            assert place["lat"] is None and place["precision"] in ("country", "region")
        elif place is not None and place["lat"] is not None:
            assert place["lat"] == round(place["lat"]) and place["uncertainty"] > 50_000


def test_it_is_written_whole_or_not_at_all(examples_ledger: Path, tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.mkdir()
    (occupied / "mine.txt").write_text("mine")
    with pytest.raises(FolderError, match="not empty"):
        written(examples_ledger, NIGER, occupied)
    with pytest.raises(LedgerError, match="no claim"):
        written(examples_ledger, Edition(Subject.called("Iceland", None), DAY), tmp_path / "none")
    with pytest.raises(FolderError, match="cannot write"):
        written(examples_ledger, NIGER, tmp_path / "missing" / "niger")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["occupied"]
    assert [path.name for path in occupied.iterdir()] == ["mine.txt"]


def test_the_command_writes_and_packs(examples_ledger: Path, tmp_path: Path) -> None:
    given = ["dossier", "--actor", "Russia", "--ledger", str(examples_ledger), "--date", "2024-09-30"]
    out, pack = tmp_path / "russia", tmp_path / "russia.zip"
    result = CliRunner().invoke(app, [*given, "--out", str(out), "--zip", str(pack)])
    assert result.exit_code == 0 and "Forces of Russia" in result.output
    with zipfile.ZipFile(pack) as packed:
        assert {f"russia/{path.relative_to(out)}" for path in out.rglob("*") if path.is_file()} == set(
            packed.namelist()
        )
    assert CliRunner().invoke(app, given).exit_code == 2
    assert CliRunner().invoke(app, ["dossier", "--out", str(tmp_path / "x")]).exit_code == 2


def test_a_region_can_be_a_host() -> None:
    assert Subject.called("the Sahel", None).host == "Sahel"
    with pytest.raises(ValueError, match="no country"):
        Subject.called("Atlantis", None)


def test_it_is_downloaded_from_the_desk(client: TestClient) -> None:
    form = client.get("/dossier", params={"host": "NER"})
    assert form.status_code == 200 and '<option value="NER" selected>' in form.text
    answer = client.get("/dossier.zip", params={"host": "NER", "actor": "USA", "texts": "none"})
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert "dossier-USA-NER/index.html" in packed.namelist()


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({}, "about a country or a force"),
        ({"host": "Nowhere"}, "no country"),
        ({"host": "ISL"}, "no claim"),
        ({"host": "NER", "blur": "much"}, "much"),
        ({"actor": "--out=/tmp/x"}, "no claim"),
    ],
)
def test_what_cannot_be_done_is_told(client: TestClient, wanted: dict[str, str], told: str) -> None:
    answer = client.get("/dossier.zip", params=wanted)
    assert answer.status_code == 422 and told in answer.text


def test_it_opens_from_a_disk_without_a_request_elsewhere(browser: Browser, niger: Path, hostile_niger: Path) -> None:
    for root in (niger, hostile_niger):
        context = browser.new_context(viewport={"width": 375, "height": 800})
        tab = context.new_page()
        asked: list[str] = []
        errors: list[str] = []
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.on("console", lambda message, errors=errors: errors.append(message.text))
        for name in (
            "index.html",
            "disputes.html",
            "claims.html",
            *(f"reports/{p.name}" for p in root.glob("reports/*")),
        ):
            tab.goto((root / name).as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
            assert tab.evaluate("getComputedStyle(document.querySelector('main')).display") == "flex", name
            assert tab.evaluate("[...document.images].every(image => image.naturalWidth > 0)"), name
        assert all(address.startswith("file:") for address in asked) and errors == []
        context.close()
