"""`dateline watch` as a user runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner
from watch_world import NIGER, Site, item, page, rss

from dateline.cli.app import app

DOCS = Path(__file__).resolve().parents[2] / "docs" / "watching.md"


def feeds(folder: Path, site: Site) -> Path:
    path = folder / "feeds.toml"
    feed = site.url("/feed", "127.0.0.1")
    path.write_text(
        f'contact = "a@example.org"\nallow = ["127.0.0.1"]\n[[feed]]\nurl = "{feed}"\n[limits]\ndelay = 0.1\n'
    )
    return path


def run(*words: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(app, ["watch", *words])
    return found.exit_code, found.stdout, found.stderr


def test_one_pass(site: Site, tmp_path: Path) -> None:
    site.serve("/feed", rss(item(1, "/a"), item(2, "/gone")))
    site.serve("/a", page("France leaves Niger", *NIGER))
    ledger = str(tmp_path / "x.db")
    status, out, err = run(str(feeds(tmp_path, site)), "--once", "--ledger", ledger)
    assert (status, out.count("\n")) == (1, 1)
    assert (
        "1 feed, 0 folders: 1 new, 0 known, 1 refused, 0 errors, 0 pages waiting; alerts: 0 sent, 0 waiting, next 20"
        in out
    )
    assert "no_answer: the server answered 404" in err
    status, out, _ = run(str(feeds(tmp_path, site)), "--once", "--ledger", ledger)
    assert (status, out.split(" ", 1)[1].partition(";")[0]) == (
        0,
        "0 feeds, 0 folders: 0 new, 0 known, 0 refused, 0 errors, 0 pages waiting",
    )


def test_checking_asks_for_nothing_and_writes_nothing(site: Site, tmp_path: Path) -> None:
    path = feeds(tmp_path, site)
    status, out, _ = run(str(path), "--check")
    assert (status, out) == (0, f"{path} is good: 1 feed, 0 folders, 0 alerts\n")
    assert site.asked == []
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text('[[feed]]\nurl = "ftp://a"\nevery = 1\n')
    status, out, err = run(str(path), "--once", "--ledger", str(tmp_path / "x.db"))
    assert (status, out, len(err.splitlines())) == (2, "", 3)
    assert "line 2: [feed] url" in err
    assert not (tmp_path / "x.db").exists()


def test_a_ledger_that_is_none(site: Site, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no ledger" * 1000)
    status, _, err = run(str(feeds(tmp_path, site)), "--once", "--ledger", str(tmp_path / "x.db"))
    assert status == 2
    assert err.startswith("dateline: ")


def test_it_ends_well_when_it_is_asked_to(site: Site, tmp_path: Path) -> None:
    site.serve("/feed", rss(item(1, "/a")))
    site.serve("/a", page("France leaves Niger", *NIGER))
    command = [sys.executable, "-W", "ignore", "-m", "dateline", "watch", str(feeds(tmp_path, site))]
    paths = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [*command, "--ledger", str(tmp_path / "x.db")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert " 1 new" in line
    assert (process.returncode, "SIGTERM" in err) == (0, True)


def test_the_example_of_the_docs_is_good(tmp_path: Path) -> None:
    from dateline.watch.settings import load

    text = DOCS.read_text()
    example = text.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "feeds.toml").write_text(example)
    found = load(tmp_path / "feeds.toml")
    assert found.feeds
    assert found.folders
    assert len(found.alerts) >= 2
