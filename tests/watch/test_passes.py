"""Passes over feeds, pages and folders: what is new is kept once, politely, whatever happens in between."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from watch_world import NIGER, START, Handler, Site, World, item, page, rss

from dateline.ledger import Ledger
from dateline.watch.fetching import FetchError

FEED = '[[feed]]\nurl = "SITE/feed"\nevery = "10m"\n'
CALM = "[limits]\ndelay = 0.1\n"


@pytest.fixture
def world(site: Site, tmp_path: Path, place: str) -> World:
    """A watch over the server, its ledger in either database."""
    return World(site, tmp_path, place)


def issues(world: World) -> list[tuple[str, str | None]]:
    with Ledger(world.ledger) as ledger:
        return [(issue.code, issue.path) for issue in ledger.issues() if issue.path is not None]


def test_new_entries_are_read_once(world: World) -> None:
    site = world.site
    site.serve("/feed", rss(item(1, "/a"), item(2, "/b")), ETag='"v1"', Last_Modified="Sat, 04 May 2024 11:00:00 GMT")
    site.serve("/a", page("France leaves Niger", *NIGER), Content_Type="text/html")
    site.serve("/b", page("A quiet day in Agadez", "Nothing of note happened in Agadez on Friday."))
    done = world.once(FEED)
    assert (done.feeds, done.new, done.known, done.refused, done.errors) == (1, 2, 0, 0, 0)
    assert site.paths == ["/robots.txt", "/feed", "/a", "/b"]
    assert done.line().startswith("2024-05-04T12:00:00Z 1 feed, 0 folders: 2 new, 0 known")
    assert world.once(FEED).feeds == 0
    world.clock.time += 700
    done = world.once(FEED)
    assert (done.feeds, done.new, done.known) == (1, 0, 2)
    assert len(world.documents()) == 2
    headers = site.asked[-1][1]
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Sat, 04 May 2024 11:00:00 GMT"


def test_what_did_not_change_is_not_sent_again(world: World) -> None:
    site = world.site
    site.serve("/feed", rss(item(1, "/a")), ETag='"v1"')
    site.serve("/a", page("France leaves Niger", *NIGER))
    world.once(FEED)
    site.serve("/feed", b"", status=304)
    for _ in range(3):
        world.clock.time += 700
        done = world.once(FEED)
        assert (done.feeds, done.errors, done.new) == (1, 0, 0)
        assert site.asked[-1][1]["if-none-match"] == '"v1"'


def test_304_to_a_request_without_conditions_is_an_error(world: World) -> None:
    world.site.serve("/feed", b"", status=304)
    assert world.once(FEED).errors == 1
    assert "304" in world.told[0].message


def test_an_etag_that_always_changes_gives_no_doubles(world: World) -> None:
    site = world.site
    site.serve("/a", page("France leaves Niger", *NIGER))
    for number in range(3):
        site.serve("/feed", rss(item(1, "/a")), ETag=f'"{number}"')
        world.once(FEED)
        world.clock.time += 700
    assert len(world.documents()) == 1
    assert site.paths.count("/a") == 1


def test_an_etag_is_not_obeyed_blindly(world: World) -> None:
    """A header with control characters never comes back in a request."""
    world.site.serve("/feed", rss(), ETag="x\x0b" + "y" * 5000)
    world.once(FEED)
    world.clock.time += 700
    world.once(FEED)
    assert "if-none-match" not in world.site.asked[-1][1]


def test_duplicate_ids_are_told_apart_by_their_addresses(world: World) -> None:
    site = world.site
    same = "<item><guid>same</guid><title>t</title><link>{}</link></item>"
    site.serve("/feed", rss(same.format("/a"), same.format("/b"), same.format("/b")))
    site.serve("/a", page("France leaves Niger", *NIGER))
    site.serve("/b", page("A quiet day in Agadez", "Nothing of note happened in Agadez on Friday."))
    assert world.once(FEED).new == 2
    assert site.paths.count("/b") == 1


def test_an_entry_that_changes_is_read_again_a_few_times(world: World) -> None:
    site = world.site
    for number in range(8):
        site.serve("/feed", rss(item(1, "/a", f"<description>version {number}</description>")))
        site.serve("/a", page("France leaves Niger", *NIGER, f"This is version {number} of this report today."))
        world.once(FEED)
        world.clock.time += 700
    assert site.paths.count("/a") == 4
    assert len(world.documents()) == 4


def test_what_the_feed_says_fills_what_the_page_leaves_open(world: World) -> None:
    site = world.site
    told = "<pubDate>Fri, 22 Dec 2023 12:00:00 GMT</pubDate><author>Ada Example</author>"
    site.serve("/feed", rss(item(1, "/bare", told), item(2, "/told", told)))
    site.serve("/bare", page("France leaves Niger", *NIGER))
    head = (
        '<meta property="article:published_time" content="2023-12-23T08:00:00Z"><meta name="author" content="Bo Case">'
        '<meta property="og:site_name" content="The Page"><link rel="canonical" href="SITE/canonical">'
    )
    site.serve("/told", page("A quiet day", *NIGER, head=head.replace("SITE", site.url(""))))
    world.once(FEED)
    bare, own = sorted(world.documents(), key=lambda document: document.published)
    assert (bare.published, bare.byline, bare.url) == ("2023-12-22T12:00:00+00:00", "Ada Example", site.url("/bare"))
    assert bare.provenance["published"] == bare.provenance["byline"] == "feed entry"
    assert (own.published[:10], own.byline, own.outlet) == ("2023-12-23", "Bo Case", "The Page")
    assert own.url == site.url("/canonical")


def test_the_publisher_that_a_feed_names_is_the_outlet(world: World) -> None:
    site = world.site
    source = '<source url="https://agency.example/rss">The Agency</source>'
    site.serve("/feed", rss(item(1, "/a", source), item(2, "/b"), item(3, "/c", source)))
    named = '<meta property="og:site_name" content="Its Own Name">'
    site.serve("/a", page("France leaves Niger", *NIGER))
    site.serve("/b", page("A quiet day", *NIGER, head=named))
    site.serve("/c", page("A loud day", *NIGER, head=named))
    world.once(FEED + 'outlet = "The Aggregator"\n')
    outlets = {document.title: document.outlet for document in world.documents()}
    assert outlets["France leaves Niger"] == "The Agency"
    assert set(outlets.values()) == {"The Agency", "The Aggregator", "Its Own Name"}


def test_a_page_does_not_speak_for_another_host(world: World) -> None:
    head = '<link rel="canonical" href="https://famous.example/scoop">'
    world.site.serve("/feed", rss(item(1, "/a")))
    world.site.serve("/a", page("France leaves Niger", *NIGER, head=head))
    world.once(FEED)
    assert world.documents()[0].url == world.site.url("/a")


def test_the_charset_of_the_header_counts_where_the_page_names_none(world: World) -> None:
    text = page("Élysée: Tschüß aus Niamey", *NIGER).replace('<meta charset="utf-8">', "")
    world.site.serve("/feed", rss(item(1, "/a")))
    world.site.serve("/a", text.encode("cp1250"), Content_Type="text/html; charset=windows-1250")
    world.once(FEED)
    assert world.documents()[0].title == "Élysée: Tschüß aus Niamey"


def test_a_wrong_charset_gives_text_all_the_same(world: World) -> None:
    world.site.serve("/feed", rss(item(1, "/a")), Content_Type="application/rss+xml; charset=no-such")
    world.site.serve("/a", page("Élysée: Tschüß", *NIGER), Content_Type="text/html; charset=utf-16")
    world.once(FEED)
    assert world.documents()[0].title == "Élysée: Tschüß"


NOT_FEEDS = {
    "an empty answer": b"",
    "blanks": b"  \n\n",
    "a page": b"<!doctype html><html><body>Log in</body></html>",
    "JSON that is none": b'{"error": "quota"}',
    "JSON that breaks off": b'{"items": [',
    "deep JSON": b'{"items": ' + b"[" * 100_000,
    "binary data": bytes(range(256)) * 10,
    "an image": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
}


@pytest.mark.parametrize("name", NOT_FEEDS)
def test_no_feed_but(name: str, world: World) -> None:
    world.site.serve("/feed", NOT_FEEDS[name])
    done = world.once(FEED)
    assert (done.feeds, done.errors, done.new) == (1, 1, 0)
    assert world.told[0].code == "not_a_feed"


def test_a_feed_with_entities_that_grow(world: World) -> None:
    grown = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    world.site.serve("/feed", '<?xml version="1.0"?>' + grown + "]>" + rss(item(1, "/a", "<author>&m;</author>"))[21:])
    world.site.serve("/a", page("France leaves Niger", *NIGER))
    world.once(FEED)
    assert all(len(document.byline or "") <= 1000 for document in world.documents())


def test_json_feeds_are_polled_too(world: World) -> None:
    world.site.serve(
        "/feed", '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "url": "/a", "title": "x"}, 5]}'
    )
    world.site.serve("/a", page("France leaves Niger", *NIGER))
    assert world.once(FEED).new == 1


def test_entries_without_an_address_are_told_and_the_rest_is_read(world: World) -> None:
    world.site.serve("/feed", rss(item(1, "javascript:alert(1)"), item(2, ""), item(3, "/a")))
    world.site.serve("/a", page("France leaves Niger", *NIGER))
    assert world.once(FEED).new == 1
    assert ("no_link", world.site.url("/feed")) in issues(world)


def test_links_to_forbidden_addresses_are_refused_and_noted(world: World) -> None:
    bad = ("http://169.254.169.254/latest/", "http://other.example/x", "http://[::1]:8000/", "http://127.0.0.1:22/")
    world.site.serve("/feed", rss(*(item(number, link) for number, link in enumerate(bad))))
    done = world.once(FEED)
    assert (done.refused, done.new) == (4, 0)
    assert {code for code, _ in issues(world)} == {"forbidden_address"}


def test_at_most_so_many_entries_the_newest(world: World) -> None:
    dated = "<pubDate>Fri, {:02d} Dec 2023 12:00:00 GMT</pubDate>"
    world.site.serve("/feed", rss(*(item(n, f"/{n}", dated.format(n)) for n in range(1, 10))))
    world.once(FEED + "max_entries = 2\n" + CALM)
    assert world.site.paths[2:] == ["/9", "/8"]


def test_a_page_that_fails_is_asked_for_again_and_then_given_up(world: World) -> None:
    world.site.serve("/feed", rss(item(1, "/a")))
    world.site.serve("/a", b"broken", status=500)
    text = FEED.replace("10m", "7d") + CALM + "attempts = 3\n"
    done = world.once(text)
    assert (done.errors, done.refused) == (1, 0)
    waits = []
    while done.next_at is not None and done.next_at - world.clock.time < 86400:
        waits.append(done.next_at - world.clock.time)
        world.clock.time = done.next_at + 1
        done = world.once(text)
    assert world.site.paths.count("/a") == 3
    assert waits[1] > waits[0] > 60
    assert issues(world) == [("no_answer", world.site.url("/a"))]


def test_a_page_that_is_gone_is_refused_at_once(world: World) -> None:
    world.site.serve("/feed", rss(item(1, "/gone")))
    done = world.once(FEED)
    assert (done.refused, done.errors) == (1, 0)
    assert issues(world) == [("no_answer", world.site.url("/gone"))]


@pytest.mark.parametrize("value", ["7200", "Sat, 04 May 2024 14:00:00 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_heeded(value: str, status: int, world: World) -> None:
    world.site.serve("/feed", b"", status=status, Retry_After=value)
    done = world.once(FEED)
    assert done.errors == 1
    assert 7190 < done.next_at - START < 7300
    world.clock.time += 7000
    assert world.once(FEED).feeds == 0


def test_a_retry_after_of_years_is_a_day(world: World) -> None:
    world.site.serve("/feed", b"", status=503, Retry_After="999999999")
    assert world.once(FEED).next_at - START <= 86400 * 1.1


def test_a_feed_that_fails_is_polled_less_and_less(world: World) -> None:
    world.site.serve("/feed", b"", status=500)
    waits = []
    for _ in range(10):
        done = world.once(FEED)
        waits.append(round(done.next_at - world.clock.time))
        world.clock.time = done.next_at
    assert waits == sorted(waits)
    assert waits[0] == 600
    assert waits[-1] == 86400


def test_one_host_that_is_slow_does_not_hold_up_another(world: World) -> None:
    site = world.site
    other = site.url("", "other.example")
    site.serve("/feed", rss(*(item(n, f"/a{n}") for n in range(3)), *(item(n + 9, f"{other}/b{n}") for n in range(3))))
    text = FEED + "[limits]\ndelay = 10\n"
    with world.watch(text) as watch:
        object.__setattr__(watch.web, "allowed", frozenset({"news.example", "other.example"}))
        watch.once()
    pages = [path for path in site.paths if path[1] in "ab"]
    assert sorted(pages[:4]) == ["/a0", "/a1", "/b0", "/b1"]
    assert sum(world.clock.slept) < 60


def test_the_delay_is_kept_between_requests_and_over_restarts(world: World) -> None:
    world.site.serve("/feed", rss(item(1, "/a"), item(2, "/b")))
    world.once(FEED + "[limits]\ndelay = 7\n")
    assert world.clock.slept == [7.0, 7.0, 7.0]
    with world.watch(FEED) as watch:
        assert watch._hosts.ready_in("news.example") > 6


def test_a_clock_set_back_makes_nobody_wait_for_days(world: World) -> None:
    world.site.serve("/feed", rss())
    world.once(FEED)
    world.clock.time -= 30 * 86400
    assert world.once(FEED).feeds == 1
    assert max(world.clock.slept) <= 310


def killed_at(world: World, text: str, moment: str) -> None:
    """A pass that is killed the first time it comes to a moment."""
    with world.watch(text) as watch:

        def die(*_: Any, **__: Any) -> Any:
            raise SystemExit(9)

        target, name = {"add": (watch.ledger, "add_readings"), "done": (watch.state, "done")}.get(
            moment, (watch.state, moment)
        )
        setattr(target, name, die)
        with pytest.raises(SystemExit):
            watch.once()


@pytest.mark.parametrize("moment", ["hold", "add", "done"])
def test_a_watch_that_is_killed_goes_on_without_loss_or_doubles(moment: str, world: World) -> None:
    site = world.site
    site.serve("/feed", rss(item(1, "/a"), item(2, "/b")), ETag='"v1"')
    turns = iter(range(100))
    site.routes["/a"] = lambda handler: handler.reply(
        200, page("France leaves Niger", *NIGER, f"You are visitor number {next(turns)} today.").encode()
    )
    site.serve("/b", page("A quiet day in Agadez", "Nothing of note happened in Agadez on Friday."))
    killed_at(world, FEED, moment)
    site.serve("/feed", b"", status=304)
    world.clock.time += 700
    done = world.once(FEED)
    assert len(world.documents()) == 2
    assert done.new + done.known == 2
    assert site.paths.count("/a") == (2 if moment == "hold" else 1)


def test_feeds_that_carry_their_texts(world: World) -> None:
    body = "&lt;p&gt;" + "&lt;/p&gt;&lt;p&gt;".join(NIGER) + "&lt;/p&gt;"
    more = f"<description>{body}</description><pubDate>Fri, 22 Dec 2023 12:00:00 GMT</pubDate>"
    world.site.serve("/feed", rss(item(1, "/a", more)), ETag='"v1"', Content_Type="application/rss+xml")
    text = FEED + 'take = "feed"\noutlet = "The Wire"\n'
    done = world.once(text)
    assert done.new == 1
    (document,) = world.documents()
    assert (document.outlet, (document.published or "")[:10]) == ("The Wire", "2023-12-22")
    assert "1,500 soldiers" in document.text
    assert "/a" not in world.site.paths
    world.clock.time += 700
    assert (world.once(text).known, len(world.documents())) == (1, 1)


def test_a_watch_killed_while_it_reads_a_feed_reads_the_rest_of_it(world: World) -> None:
    body = "&lt;p&gt;" + "&lt;/p&gt;&lt;p&gt;".join(NIGER) + "&lt;/p&gt;"
    world.site.serve("/feed", rss(item(1, "/a", f"<description>{body}</description>")), ETag='"v1"')
    text = FEED + 'take = "feed"\n'
    killed_at(world, text, "add")
    world.site.serve("/feed", b"", status=304)
    world.clock.time += 700
    assert world.once(text).new == 1


def test_the_bytes_of_pages_are_kept_with_how_they_came(world: World) -> None:
    world.site.serve("/feed", rss(item(1, "/moved")))
    world.site.routes["/moved"] = lambda handler: handler.reply(301, b"", Location="/a")
    world.site.serve("/a", page("France leaves Niger", *NIGER), Content_Type="text/html", X_Thing="1")
    world.once(FEED)
    (document,) = world.documents()
    with Ledger(world.ledger) as ledger:
        kept, content = ledger.capture(document.id)
    assert content == page("France leaves Niger", *NIGER).encode()
    assert (kept.head.url, kept.head.final_url) == (world.site.url("/moved"), world.site.url("/a"))
    assert (kept.head.status, kept.head.media_type) == (200, "text/html")
    assert ("X-Thing", "1") in kept.head.headers


def test_somebody_who_ends_the_watch_ends_it_between_two_reports(world: World) -> None:
    site = world.site
    site.serve("/feed", rss(item(1, "/a"), item(2, "/b")), ETag='"v1"')

    def last(handler: Handler) -> None:
        world.stop = True
        handler.reply(200, page("France leaves Niger", *NIGER).encode())

    site.routes["/a"] = last
    site.serve("/b", page("A quiet day", "Nothing of note happened in Agadez on Friday."))
    done = world.once(FEED)
    assert (done.interrupted, site.paths[-1]) == (True, "/a")
    world.stop = False
    site.serve("/feed", b"", status=304)
    assert world.once(FEED).new == 2
    assert site.paths.count("/a") == 1


def test_two_watches_of_one_ledger_are_refused(world: World) -> None:
    from dateline.watch.state import StateError

    with world.watch(FEED), pytest.raises(StateError, match="another watch"), world.watch(FEED):
        pass


def test_a_damaged_state_is_told(world: World) -> None:
    from dateline.watch.state import StateError

    world.state.write_bytes(b"no database" * 1000)
    with pytest.raises(StateError, match="cannot be used"), world.watch(FEED):
        pass


def test_a_state_of_a_newer_program_is_left_alone(world: World) -> None:
    from dateline.watch.state import StateError

    with world.watch(FEED):
        pass
    with closing(sqlite3.connect(world.state)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StateError, match="newer"), world.watch(FEED):
        pass


def test_an_address_that_gives_no_page(site: Site, world: World) -> None:
    site.serve("/feed", rss(item(1, "/empty"), item(2, "/none"), item(3, "/image")))
    site.serve("/empty", b"  ")
    site.serve("/none", b"", status=204)
    site.serve("/image", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, Content_Type="text/html")
    done = world.once(FEED)
    assert (done.refused, done.errors, done.new) == (3, 0, 0)
    assert {code for code, _ in issues(world)} == {"empty", "binary"}


def test_errors_say_what_and_where() -> None:
    found = FetchError("no_answer", "the server answered 500", again=True)
    assert (str(found), found.code, found.after) == ("the server answered 500", "no_answer", None)


def test_a_host_that_is_down_is_left_alone_and_its_pages_wait(world: World) -> None:
    site = world.site
    site.serve("/feed", rss(*(item(number, f"/{number}") for number in range(6))))
    for number in range(6):
        site.routes[f"/{number}"] = lambda handler: handler.raw(b"")
    done = world.once(FEED + CALM)
    assert (done.errors, done.waiting, done.refused) == (1, 6, 0)
    assert len(site.paths) == 3
    for _ in range(8):
        assert done.next_at is not None
        world.clock.time = done.next_at + 1
        done = world.once(FEED + CALM)
    assert done.waiting == 6
    assert sum(world.clock.slept) < 60
    for number in range(6):
        site.serve(f"/{number}", page(f"Report {number} of Niger", *NIGER))
    for _ in range(8):
        world.clock.time += 86400
        done = world.once(FEED + CALM)
    assert done.waiting == 0
    assert len(world.documents()) == 6
