"""What is of a ledger on a server alone: opening at once, a server that goes away, passwords, NUL, copies, rights."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from made_ledger import RUN, reports, write
from typer.testing import CliRunner

import fakes
import servers
from dateline.cli.app import app
from dateline.ledger import Ledger
from dateline.store import LedgerError, MissingLedgerError, Writer, open_store
from dateline.store.addresses import address_of
from dateline.store.passages import stretches
from dateline.store.schema import APPEND_ONLY, VERSION
from dateline.store.server_migrations import upgrade
from ledgers import CAPTURED, DERIVED, KEPT, LISTED, LOGGED, rows, whole

ALL = (*KEPT, *CAPTURED, *LISTED, *DERIVED, LOGGED)


@pytest.fixture
def url(postgres: servers.Server) -> str:
    return postgres.new()


def name_of(url: str) -> str:
    return url.rpartition("/")[2]


def test_copied_there_and_back_it_is_the_same(tmp_path: Path, url: str) -> None:
    one = write(str(tmp_path / "one.db"))
    for old, new in ((one, url), (url, str(tmp_path / "two.db"))):
        result = CliRunner().invoke(app, ["copy", old, new])
        assert result.exit_code == 0, result.output
        assert servers.PASSWORD not in result.output
    assert rows(one, *ALL) == rows(url, *ALL) == rows(tmp_path / "two.db", *ALL)
    assert whole(url) == []
    with Ledger(one) as first, Ledger(url) as there:
        for words in ("wagner", "russia* armed", '"armed forces"'):
            assert [c.id for c in first.claims(text=words)] == [c.id for c in there.claims(text=words)]
        found = {c.id for c in first.claims()}
        there.judging("anna").accept(min(found))
        assert there.log(what="accept").total == 1, "numbers go on after what was copied"


@pytest.mark.parametrize("format_", ["jsonl", "csv", "geojson"])
def test_exports_are_equal_bytes(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch, format_: str) -> None:
    fakes.install(monkeypatch)
    found = []
    for at, place in enumerate((str(tmp_path / name_of(url)), url)):
        with Ledger(place, clock=lambda: "2024-06-01T00:00:00Z") as ledger:
            for number in range(6):
                ledger.add_text(fakes.report(number), published=f"2024-05-0{number + 1}")
            ledger.rebuild()
            if at == 0:
                kinds = [claim.kind for claim in ledger.claims()]
                assert kinds
        out = tmp_path / f"{at}.out"
        result = CliRunner().invoke(app, ["export", "--format", format_, "--out", str(out), "--ledger", place])
        assert result.exit_code == 0, result.output
        assert servers.PASSWORD not in (tmp_path / f"{at}.out.about.json").read_text()
        found.append(re.sub(rb'"(exported_at|date)":\s*"2\d{3}-[^"]*T[^"]*"', b"", out.read_bytes()))
    assert found[0] == found[1]


def test_nul_and_odd_characters_come_back(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    text = "7 Russian soldiers are in \x00Mali\ufdd0. \ufdd01 \x00\x00"
    document = fakes.document(text)
    with open_store(url, create=True).engine.connect():
        pass
    store = open_store(url, create=False)
    Writer(store).add(document, fakes.claims(document), (), run=RUN)
    with Ledger.over(store) as ledger:
        assert ledger.document(document.id).text == text
        wanted = [(document.id, start, start + 5) for start in range(len(text))]
        assert stretches(store, wanted) == {one: text[one[1] : one[2]] for one in wanted}
        for claim in ledger.claims():
            assert [text[part.start : part.end] for part in claim.evidence] == [part.exact for part in claim.evidence]


@pytest.mark.parametrize("table", [table.name for table in APPEND_ONLY])
def test_what_was_added_stays(filled: str, postgres: servers.Server, table: str) -> None:
    import psycopg

    name = name_of(filled)
    for statement in ("DELETE FROM {0}", "UPDATE {0} SET {1} = {1}", "TRUNCATE {0} CASCADE"):
        (column,) = postgres.sql(
            name, f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' LIMIT 1"
        )[0]
        if postgres.sql(name, f"SELECT 1 FROM {table} LIMIT 1"):
            with pytest.raises(psycopg.Error, match="append-only"):
                postgres.sql(name, statement.format(table, f'"{column}"'))


@pytest.fixture(scope="module")
def filled(postgres: servers.Server) -> str:
    return write(postgres.new())


def test_opened_at_once_it_is_made_once(url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: open_store(url, create=True), range(6)))
    for store in stores:
        store.close()
    found = rows(url, "dateline_schema")["dateline_schema"]
    assert found == [(VERSION, "first schema")]


LATER = """
from alembic import op
revision = "9999"
down_revision = "0007"
def upgrade():
    op.execute("ALTER TABLE presences ADD COLUMN note TEXT")
    {0}
"""


def test_revisions_are_applied_whole_or_not_at_all(tmp_path: Path, filled: str, postgres: servers.Server) -> None:
    place = postgres.new(of=filled)
    script = tmp_path / "later.py"
    script.write_text(LATER.format("raise RuntimeError('half-way')"))
    store = open_store(place, create=False)
    with pytest.raises(RuntimeError, match="half-way"), store.writing() as connection:
        upgrade(connection, further=[tmp_path])
    asked = "SELECT column_name FROM information_schema.columns WHERE table_name = 'presences' AND column_name = 'note'"
    assert postgres.sql(name_of(place), asked) == []
    script.write_text(LATER.format("pass"))
    for _ in range(2):
        with store.writing() as connection:
            upgrade(connection, further=[tmp_path])
    store.close()
    assert postgres.sql(name_of(place), asked) == [("note",)]
    assert rows(place, *KEPT) == rows(filled, *KEPT)


def test_a_newer_ledger_and_another_program_are_refused(postgres: servers.Server, filled: str, url: str) -> None:
    newer = postgres.new(of=filled)
    postgres.sql(name_of(newer), f"INSERT INTO dateline_schema VALUES ({VERSION + 1}, 'newer')")
    with pytest.raises(LedgerError, match="update dateline"):
        open_store(newer, create=False)
    with pytest.raises(MissingLedgerError, match="no ledger in"):
        open_store(url, create=False)
    postgres.sql(name_of(url), "CREATE TABLE invoices (number int)")
    with pytest.raises(LedgerError, match="another program"):
        open_store(url, create=True)


def test_numbers_have_no_gaps_after_what_was_not_kept(url: str) -> None:
    store = open_store(url, create=True)
    made = list(reports())[:3]
    for document, claims in made[:2]:
        with pytest.raises(ZeroDivisionError), store.writing() as connection:
            connection.exec_driver_sql("SELECT nextval('documents_number_seq'), nextval('entries_number_seq')")
            raise ZeroDivisionError
        Writer(store).add(document, claims, (), run=RUN)
    with store.reading() as connection:
        found = connection.exec_driver_sql("SELECT number FROM documents ORDER BY number").scalars().all()
        logged = connection.exec_driver_sql("SELECT number FROM entries ORDER BY number").scalars().all()
    store.close()
    assert (found, logged) == ([1, 2], [1, 2])


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://anna:s3cr3t-word@127.0.0.1:1/ledger",
        "postgresql://anna:s3cr3t-word@@:x/ledger",
        "postgres://anna:s3cr3t-word@127.0.0.1:1/a/b",
        "postgresql://127.0.0.1:1/ledger?user=anna&password=s3cr3t-word",
        "mysql://anna:s3cr3t-word@host/ledger",
    ],
)
def test_no_password_is_shown(given: str) -> None:
    for command in (["claims"], ["add", "nothing.txt"], ["users", "list"], ["serve"]):
        result = CliRunner().invoke(app, [*command, "--ledger", given])
        assert result.exit_code == 2
        assert "s3cr3t" not in result.output + repr(result.exception)


def test_a_wrong_password_is_told_without_it(url: str) -> None:
    wrong = url.replace(servers.PASSWORD, "s3cr3t-word")
    with pytest.raises(LedgerError, match="password authentication failed") as told:
        open_store(wrong, create=True)
    assert "s3cr3t" not in str(told.value)
    assert "s3cr3t" not in repr(address_of(wrong))


def test_files_beside_it_have_a_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_FILES", str(tmp_path / "beside"))
    found = address_of("postgresql://anna:secret@db.example.org/sahel").beside
    assert found == tmp_path / "beside" / "db.example.org-5432-sahel"
    other = address_of("postgresql://ben@db.example.org:5433/sahel?options=-csearch_path%3Dmali")
    assert other.beside == tmp_path / "beside" / "db.example.org-5433-sahel-mali"
    assert other.name == "postgresql://ben@db.example.org:5433/sahel (schema mali)"


def test_without_unaccent_accents_are_no_matter(postgres: servers.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch)
    place, user = postgres.new(), "plain"
    statements = (
        f"DROP ROLE IF EXISTS {user}",
        f"CREATE ROLE {user} LOGIN PASSWORD 'plain'",
        f"CREATE SCHEMA ledger AUTHORIZATION {user}",
    )
    postgres.sql(name_of(place), *statements)
    there = postgres.url(name_of(place), user=user, password="plain") + "?options=-csearch_path%3Dledger"
    with Ledger(there) as ledger:
        ledger.add_text("7 Russian soldiers are in Mali. It is said in Sévaré.")
        assert len(ledger.documents(text="sevare")) == len(ledger.documents(text="SÉVARÉ")) == 1


ADDING = """
import sys
sys.path[:0] = sys.argv[2:]
from made_ledger import RUN, reports
from dateline.store import Writer, open_store
store = open_store(sys.argv[1], create=False)
for document, claims in reports():
    print(document.id, Writer(store).add(document, claims, (), run=RUN), flush=True)
"""


@pytest.fixture
def own_server() -> Iterator[servers.Server]:
    """A server that the test may stop."""
    server = servers.started()
    yield server
    servers.removed(server)


@pytest.mark.parametrize("way", ["fast", "immediate"])
def test_a_server_started_again_under_load_loses_nothing(own_server: servers.Server, way: str) -> None:
    place = own_server.new()
    open_store(place, create=True).close()
    tests = Path(__file__).parent
    command = [sys.executable, "-W", "ignore", "-c", ADDING, place, str(tests), str(tests.parent)]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    done = threading.Event()

    def stop_and_start() -> None:
        while not done.is_set():
            time.sleep(0.6)
            own_server.stop(way)
            own_server.start()
            time.sleep(1.5)

    again = threading.Thread(target=stop_and_start)
    again.start()
    answers = [writer.communicate(timeout=180) for writer in writers]
    done.set()
    again.join()
    acknowledged = set()
    for writer, (told, errors) in zip(writers, answers, strict=True):
        acknowledged |= {line.split()[0] for line in told.splitlines()}
        if writer.returncode != 0:
            assert "no connection to the server" in errors, errors
    store = open_store(place, create=False)
    for document, claims in reports():
        Writer(store).add(document, claims, (), run=RUN)
    store.close()
    kept = {row[0] for row in rows(place, "documents")["documents"]}
    assert acknowledged and acknowledged <= kept
    assert whole(place) == []
    assert len(kept) == len(list(reports()))


def test_a_server_that_is_gone_is_told(own_server: servers.Server) -> None:
    place = own_server.new()
    with Ledger(place) as ledger:
        assert len(ledger.claims()) == 0
    own_server.stop()
    with pytest.raises(LedgerError, match="no connection to the server"):
        open_store(place, create=False)


def test_many_writers_and_readers_at_once(places: object, place: str) -> None:
    tests = Path(__file__).parent
    command = [
        *(sys.executable, "-W", "ignore", str(tests.parents[1] / "benchmarks" / "writers.py")),
        *("--ledger", place, "--minutes", "0.1", "--writers", "4", "--readers", "1"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
