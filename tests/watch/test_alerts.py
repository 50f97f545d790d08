"""Alerts: every new match is told once, what was there before is not, and what cannot be sent is kept."""

from __future__ import annotations

import json
import stat
import sys
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from watch_world import NIGER, World, item, page, rss

from dateline.ledger import Ledger

FEED = '[[feed]]\nurl = "SITE/feed"\nevery = "10m"\n[limits]\ndelay = 0.1\n'
HOSTILE = "Evil\r\nBcc: all@example.org\x00\x1b[31m \u202e]]>&lt;script&gt; \ufffe =cmd()"


def alert(to: str, more: str = 'where = {host = "NER"}') -> str:
    return f'[[alert]]\nname = "Niger"\n{more}\nto = [{to}]\n'


FILE = alert('{file = "niger.jsonl"}')


def lines(world: World, name: str = "niger.jsonl") -> list[dict[str, Any]]:
    path = world.folder / name
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def published(world: World, *reports: str) -> None:
    world.site.serve("/feed", rss(*(item(number, f"/{number}") for number in range(len(reports)))))
    for number, text in enumerate(reports):
        world.site.serve(f"/{number}", text)


def later(world: World, text: str) -> Any:
    world.clock.time += 3600
    return world.once(text)


REPORT = page("France leaves Niger", *NIGER)
MORE = page(
    "More leave Niger", "NIAMEY, Niger — Germany has withdrawn 60 soldiers from Niger, its army said on Friday."
)


def test_new_matches_are_told_once_with_their_words(world: World) -> None:
    published(world, REPORT)
    done = world.once(FEED + FILE)
    found = lines(world)
    assert done.sent == len(found) >= 2
    assert later(world, FEED + FILE).sent == 0
    assert lines(world) == found
    one = next(match for match in found if match["record"]["kind"] == "deployment")
    (claim,) = one["claims"]
    assert one["about"] == "claims"
    assert claim["says"] == "Niger state television"
    assert claim["evidence"] == ["About 100 Russian instructors arrived in Niamey on April 10"]
    assert claim["report"]["url"] == world.site.url("/0")
    published(world, REPORT, MORE)
    later(world, FEED + FILE)
    assert {match["record"]["document"]["title"] for match in lines(world)[len(found) :]} == {"More leave Niger"}


def test_what_the_ledger_held_before_is_not_told_unless_wanted(world: World) -> None:
    published(world, REPORT)
    world.once(FEED)
    published(world, REPORT, MORE)
    everything = alert('{file = "all.jsonl"}', 'where = {host = "NER"}\nexisting = true').replace("Niger", "All")
    later(world, FEED + FILE + everything)
    assert {match["record"]["document"]["title"] for match in lines(world)} == {"More leave Niger"}
    titles = {match["record"]["document"]["title"] for match in lines(world, "all.jsonl")}
    assert titles == {"More leave Niger", "France leaves Niger"}


def test_another_search_begins_anew_without_telling_the_old(world: World) -> None:
    published(world, REPORT)
    world.once(FEED + FILE)
    before = lines(world)
    later(world, FEED + alert('{file = "niger.jsonl"}', 'where = {actor = "Russia"}'))
    assert lines(world) == before


def test_what_was_added_beside_the_watch_is_told_too(world: World) -> None:
    published(world)
    world.once(FEED + FILE)
    with Ledger(world.ledger) as ledger:
        ledger.add_text(" ".join(NIGER), published="2023-12-22", language="en")
    later(world, FEED + FILE)
    assert len(lines(world)) >= 2


@pytest.mark.parametrize("about", ["presences", "events"])
def test_matters_are_told_once_however_many_claims_they_get(about: str, world: World) -> None:
    text = FEED + alert('{file = "niger.jsonl"}', f'about = "{about}"\nwhere = {{actor = "Russia"}}')
    dated = '<meta property="article:published_time" content="2024-04-12T08:00:00Z">'
    report = page("France leaves Niger", *NIGER, head=dated)
    published(world, report)
    world.once(text)
    (first,) = lines(world)
    assert first["claims"]
    assert "Russia" in first["sentence"]
    published(world, report, page("Russians in Niamey", NIGER[1], "They came by plane.", head=dated))
    later(world, text)
    assert [match["sentence"] for match in lines(world)] == [first["sentence"]]
    with Ledger(world.ledger) as ledger:
        assert len(ledger.claims(actor="Russia")) == 2


def test_disputes_are_told(world: World) -> None:
    text = FEED + alert('{file = "niger.jsonl"}', 'about = "disputes"')
    dated = '<meta property="article:published_time" content="2024-05-03T08:00:00Z">'
    other = "The United States has 1,100 soldiers in Niger, the Pentagon said on Friday."
    published(
        world,
        page("A thousand", other, head=dated),
        page(
            "None of it",
            "The United States has 300 soldiers in Niger, the defence ministry said on Friday.",
            head=dated,
        ),
    )
    world.once(text)
    found = lines(world)
    assert len({match["id"] for match in found}) == len(found) >= 1
    assert len(found[0]["claims"]) >= 2


def test_changes_of_a_presence_are_told_where_they_are_wanted(world: World) -> None:
    dated = '<meta property="article:published_time" content="2024-0{}-03T08:00:00Z">'
    said = "The United States has {} soldiers in Niger, the Pentagon said."
    first = page("Soldiers", said.format("1,100"), head=dated.format(3))
    second = page("Fewer soldiers", said.format("300"), head=dated.format(5))
    once = alert('{file = "once.jsonl"}', 'about = "presences"\nwhere = {host = "NER"}').replace('"Niger"', '"Once"')
    always = alert('{file = "all.jsonl"}', 'about = "presences"\nwhere = {host = "NER"}\nchanges = true')
    published(world, first)
    world.once(FEED + once + always)
    published(world, first, second)
    later(world, FEED + once + always)
    assert [match["record"]["low"] for match in lines(world, "once.jsonl")] == [1100]
    assert [match["record"]["low"] for match in lines(world, "all.jsonl")] == [1100, 300]


def test_links_lead_to_the_desk(world: World) -> None:
    published(world, REPORT)
    world.once('desk = "https://desk.example/"\n' + FEED + FILE)
    found = lines(world)[0]
    assert found["link"] == f"https://desk.example/claims/{found['id']}"


def test_a_line_that_a_killed_watch_left_unfinished_is_written_whole(world: World) -> None:
    published(world, REPORT)
    with world.watch(FEED + FILE) as watch:

        def killed(*_: object) -> None:
            raise SystemExit(9)

        watch.sender.outbox.sent = killed  # type: ignore[method-assign]
        with pytest.raises(SystemExit):
            watch.once()
    path = world.folder / "niger.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    later(world, FEED + FILE)
    assert path.read_bytes() == whole


def test_lines_of_others_in_the_file_stay(world: World) -> None:
    (world.folder / "niger.jsonl").write_text('{"mine": 1}')
    published(world, REPORT)
    world.once(FEED + FILE)
    assert lines(world)[0] == {"mine": 1}


def test_a_webhook_gets_json_and_what_fails_is_sent_later(world: World) -> None:
    text = FEED + alert('{webhook = "SITE/hook"}')
    published(world, REPORT)
    world.site.serve("/hook", b"", status=503)
    done = world.once(text)
    assert (done.sent, done.unsent > 0) == (0, True)
    assert world.told[-1].code == "not_sent"
    assert done.next_at - world.clock.time < 3600
    world.site.serve("/hook", b"", status=204)
    done = later(world, text)
    assert (done.sent, done.unsent) == (len(json.loads(world.site.posted[-1])["matches"]), 0)
    assert world.site.posted[0] == world.site.posted[-1]
    headers = [headers for path, headers in world.site.asked if path == "/hook"]
    assert headers[0]["content-type"] == "application/json"
    assert headers[0]["idempotency-key"] == headers[-1]["idempotency-key"]


def test_a_webhook_waits_longer_each_time(world: World) -> None:
    text = FEED.replace("10m", "7d") + alert('{webhook = "SITE/hook"}')
    published(world, REPORT)
    world.site.serve("/hook", b"", status=500)
    waits = []
    for _ in range(12):
        done = world.once(text)
        waits.append(done.next_at - world.clock.time)
        world.clock.time = done.next_at + 1
    assert waits == sorted(waits)
    assert waits[0] < 70 < 3600 < waits[-1] <= 6 * 3600 * 1.1


@pytest.mark.parametrize("target", ["http://169.254.169.254/x", "http://other.example/x", "http://10.0.0.1/"])
def test_a_webhook_goes_to_no_forbidden_address(target: str, world: World) -> None:
    published(world, REPORT)
    done = world.once(FEED + alert(f'{{webhook = "{target}"}}'))
    assert done.sent == 0
    assert "allow the host by name" in world.told[-1].message


def test_a_webhook_does_not_follow_redirects(world: World) -> None:
    published(world, REPORT)
    world.site.routes["/hook"] = lambda handler: handler.reply(307, b"", Location="/elsewhere")
    assert world.once(FEED + alert('{webhook = "SITE/hook"}')).sent == 0
    assert "/elsewhere" not in world.site.paths


def test_a_token_is_sent_from_the_environment(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "s3cret")
    published(world, REPORT)
    world.site.serve("/hook", b"", status=200)
    world.once(FEED + alert('{webhook = "SITE/hook", token_env = "HOOK"}'))
    assert world.site.asked[-1][1]["authorization"] == "Bearer s3cret"


ATOM = alert('{atom = "niger.xml", title = "Niger & more", most = 3}')


def test_an_atom_feed_is_valid_and_bounded(world: World) -> None:
    published(world, REPORT, MORE, page("Yet more", *NIGER, "Italy has withdrawn 30 soldiers from Niger."))
    world.once('desk = "https://desk.example"\n' + FEED + ATOM)
    data = (world.folder / "niger.xml").read_bytes()
    parsed = feedparser.parse(data)
    assert (parsed.bozo, parsed.version, parsed.feed.title) == (False, "atom10", "Niger & more")
    assert len(parsed.entries) == 3
    assert all(entry.id.startswith("urn:uuid:") and entry.updated and entry.title for entry in parsed.entries)
    assert parsed.entries[0].link.startswith("https://desk.example/claims/claim-")
    later(world, 'desk = "https://desk.example"\n' + FEED + ATOM)
    assert (world.folder / "niger.xml").read_bytes() == data
    assert [path.name for path in world.folder.glob(".niger*")] == []


def test_hostile_words_stay_words(world: World) -> None:
    bad = HOSTILE.encode("utf-8", "replace").decode()
    published(world, page(f"{bad} in Niger", f"Russia sent 100 soldiers to Niger, {bad} said on Friday."))
    hostile = '<meta property="og:site_name" content="' + bad.replace('"', "") + '">'
    world.site.serve("/0", page("x", *NIGER, head=hostile))
    command = catching(world)
    world.once(FEED + alert('{atom = "niger.xml"}, {file = "niger.jsonl"}, ' + command))
    root = etree.fromstring((world.folder / "niger.xml").read_bytes())
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    mail = message_from_bytes((world.folder / "mail").read_bytes(), policy=policy.default)
    assert mail["Bcc"] is None
    assert set(mail.keys()) <= {
        *("From", "To", "Date", "Message-ID", "Auto-Submitted", "Subject", "Content-Type", "Content-Transfer-Encoding"),
        "MIME-Version",
    }
    assert "\x1b" not in mail.get_content()
    assert "\u202e" not in mail.get_content()


def catching(world: World, body: str = "") -> str:
    """A channel that is a program which keeps what it is given in a file."""
    path = world.folder / "catch"
    keep = f"open({str(world.folder / 'mail')!r}, 'wb').write(sys.stdin.buffer.read())"
    path.write_text(f"#!{sys.executable}\nimport sys\n{body}\n{keep}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    more = 'from = "desk@example.org", recipients = ["a@example.org", "b@example.org"], timeout = 1'
    return f'{{command = ["{path}", "$(touch {world.folder}/pwned)", ";", "`id`"], {more}}}'


def test_a_program_gets_one_mail_on_its_standard_input(world: World) -> None:
    published(world, REPORT)
    done = world.once(FEED + alert(catching(world)))
    raw = (world.folder / "mail").read_bytes()
    mail = message_from_bytes(raw, policy=policy.default)
    assert (mail["From"], mail["To"]) == ("desk@example.org", "a@example.org, b@example.org")
    assert mail["Subject"] == f"Niger: {done.sent} new matches"
    assert "About 100 Russian instructors arrived in Niamey" in mail.get_content()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert not (world.folder / "pwned").exists()


FAILING = {
    "fails": ("import os; print('no route', file=sys.stderr); os._exit(75)", "ended with status 75: no route"),
    "never ends": ("import time; time.sleep(600)", "took more than 1 s"),
    "leaves a child behind": (
        "import subprocess; subprocess.Popen(['sleep', '600']); import time; time.sleep(600)",
        "took more than 1 s",
    ),
}


@pytest.mark.parametrize("name", FAILING)
def test_a_program_that(name: str, world: World) -> None:
    body, words = FAILING[name]
    published(world, REPORT)
    done = world.once(FEED + alert(catching(world, body)))
    assert (done.sent, done.unsent > 0) == (0, True)
    assert words in world.told[-1].message


def test_a_program_that_is_not_there(world: World) -> None:
    published(world, REPORT)
    nowhere = '{command = ["/no/such"], from = "a@example.org", recipients = ["b@example.org"]}'
    assert world.once(FEED + alert(nowhere)).sent == 0
    assert "cannot be started" in world.told[-1].message


def test_one_channel_that_fails_holds_up_no_other(world: World) -> None:
    published(world, REPORT)
    world.site.serve("/hook", b"", status=500)
    done = world.once(FEED + alert('{webhook = "SITE/hook"}, {file = "niger.jsonl"}'))
    assert done.sent == done.unsent == len(lines(world))


def test_what_waits_for_a_channel_that_is_gone_is_kept(world: World) -> None:
    published(world, REPORT)
    world.site.serve("/hook", b"", status=500)
    waiting = world.once(FEED + alert('{webhook = "SITE/hook"}')).unsent
    assert later(world, FEED + FILE).unsent == waiting
    world.site.serve("/hook", b"", status=200)
    world.clock.time += 7 * 3600
    assert later(world, FEED + alert('{webhook = "SITE/hook"}')).sent == waiting


def test_a_file_that_cannot_be_written_is_tried_again(world: World, tmp_path: Path) -> None:
    published(world, REPORT)
    (tmp_path / "niger.jsonl").mkdir()
    assert world.once(FEED + FILE).sent == 0
    (tmp_path / "niger.jsonl").rmdir()
    assert later(world, FEED + FILE).sent == len(lines(world)) > 0
