"""robots.txt: what it forbids is not asked for, its pace is heeded, and without one all is allowed."""

from __future__ import annotations

import pytest
from watch_world import NIGER, World, item, page, rss

from dateline.ledger import Ledger

FEED = '[[feed]]\nurl = "SITE/feed"\nevery = "10m"\n'


def served(world: World) -> None:
    world.site.serve("/feed", rss(item(1, "/a"), item(2, "/private/b")))
    world.site.serve("/a", page("France leaves Niger", *NIGER))
    world.site.serve("/private/b", page("A secret", *NIGER))


def test_what_it_forbids_is_not_asked_for(world: World) -> None:
    served(world)
    world.site.serve("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    done = world.once(FEED)
    assert (done.new, done.refused) == (1, 1)
    assert world.site.paths == ["/robots.txt", "/feed", "/a"]
    with Ledger(world.ledger) as ledger:
        assert [issue.code for issue in ledger.issues(code="robots")] == ["robots"]


def test_rules_for_us_by_name_go_before_those_for_all(world: World) -> None:
    served(world)
    world.site.serve("/robots.txt", "User-agent: dateline\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    done = world.once(FEED)
    assert (done.errors, world.site.paths) == (1, ["/robots.txt"])


def test_the_target_of_a_redirect_is_checked_too(world: World) -> None:
    served(world)
    world.site.routes["/a"] = lambda handler: handler.reply(302, b"", Location="/private/b")
    world.site.serve("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    assert world.once(FEED).refused == 2
    assert "/private/b" not in world.site.paths


def test_it_is_kept_for_a_day(world: World) -> None:
    served(world)
    world.site.serve("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    for _ in range(6):
        world.once(FEED)
        world.clock.time += 5 * 3600
    assert world.site.paths.count("/robots.txt") == 2
    assert world.site.paths.count("/feed") == 6


@pytest.mark.parametrize(("wanted", "slept"), [("Crawl-delay: 20", 20), ("Request-rate: 1/30", 30), ("", 2)])
def test_how_slowly_it_wants_to_be_asked(wanted: str, slept: float, world: World) -> None:
    served(world)
    world.site.serve("/robots.txt", f"User-agent: *\n{wanted}\nDisallow: /x\n")
    world.once(FEED)
    assert world.clock.slept == [2.0, slept, slept]


def test_a_delay_of_days_is_five_minutes(world: World) -> None:
    served(world)
    world.site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 999999\n")
    world.once(FEED)
    assert max(world.clock.slept) == 300


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_one_all_is_allowed(status: int, world: World) -> None:
    served(world)
    world.site.serve("/robots.txt", b"Disallow: /", status=status)
    assert world.once(FEED).new == 2


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_it_cannot_be_read_nothing_is_asked_for(status: int, world: World) -> None:
    served(world)
    world.site.serve("/robots.txt", b"", status=status)
    done = world.once(FEED)
    assert (done.errors, world.site.paths) == (1, ["/robots.txt"])
    assert done.next_at is not None
    world.site.serve("/robots.txt", "")
    world.clock.time = done.next_at + 1
    assert world.once(FEED).new == 2


def test_a_page_in_its_place_forbids_nothing(world: World) -> None:
    served(world)
    world.site.serve("/robots.txt", "<html>Disallow: /\nUser-agent: *\nDisallow: /</html>")
    assert world.once(FEED).new == 2


@pytest.mark.parametrize(
    "body", [b"\xff\xfe" + "User-agent: *\nDisallow: /private".encode("utf-16-le"), b"\0" * 1000, b"Disallow" * 200_000]
)
def test_odd_ones_break_nothing(body: bytes, world: World) -> None:
    served(world)
    world.site.serve("/robots.txt", body)
    assert world.once(FEED).new >= 1


def test_one_that_redirects_in_a_circle_forbids_nothing(world: World) -> None:
    served(world)
    world.site.routes["/robots.txt"] = lambda handler: handler.reply(302, b"", Location="/robots.txt")
    assert world.once(FEED).new == 2
