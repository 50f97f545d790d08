"""Folders that are watched: files that are new, changed, still written, or not to be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from watch_world import NIGER, Site, World, page, rss

FEED = '[[feed]]\nurl = "SITE/feed"\nevery = "10m"\n'
FOLDER = '[[folder]]\npath = "in"\nevery = "1m"\npattern = "**/*.html"\nsettled = 10\noutlet = "The Folder"\n'


@pytest.fixture
def world(site: Site, tmp_path: Path, place: str) -> World:
    """A watch over the server, its ledger in either database."""
    return World(site, tmp_path, place)


def put(world: World, name: str, text: str, age: float = 100.0) -> None:
    path = world.folder / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (world.clock.time - age,) * 2)


def test_folders_give_their_new_and_changed_files(world: World) -> None:
    put(world, "a.html", page("France leaves Niger", *NIGER))
    put(world, "deep/b.html", page("A quiet day", "Nothing of note happened in Agadez on Friday."))
    put(world, "c.txt", "Not one that is asked for.")
    put(world, ".hidden/d.html", page("Hidden", *NIGER))
    assert world.once(FOLDER).new == 2
    world.clock.time += 61
    assert (world.once(FOLDER).new, world.once(FOLDER).folders) == (0, 0)
    put(world, "a.html", page("France leaves Niger at last", *NIGER), age=50)
    world.clock.time += 61
    done = world.once(FOLDER)
    assert (done.new, done.known) == (1, 1)
    assert {document.outlet for document in world.documents()} == {"The Folder"}


def test_a_file_that_is_still_written_waits(world: World) -> None:
    put(world, "a.html", page("France leaves", *NIGER)[:150], age=1)
    assert world.once(FOLDER).new == 0
    put(world, "a.html", page("France leaves Niger", *NIGER), age=1)
    world.clock.time += 61
    assert world.once(FOLDER).new == 1


def test_links_out_of_the_folder_are_not_followed(world: World) -> None:
    put(world, "a.html", page("France leaves Niger", *NIGER))
    (world.folder / "secret.html").write_text(page("Secret", *NIGER))
    (world.folder / "outside").mkdir()
    (world.folder / "outside" / "x.html").write_text(page("Secret too", *NIGER))
    (world.folder / "in" / "link.html").symlink_to(world.folder / "secret.html")
    (world.folder / "in" / "outside").symlink_to(world.folder / "outside")
    (world.folder / "in" / "loop").symlink_to(world.folder / "in")
    os.mkfifo(world.folder / "in" / "pipe.html")
    assert world.once(FOLDER).new == 1


def test_a_folder_that_is_not_there_is_an_error_and_the_rest_goes_on(world: World) -> None:
    world.site.serve("/feed", rss())
    done = world.once(FOLDER + FEED)
    assert (done.folders, done.feeds, done.errors) == (1, 1, 1)
