"""Feeds files: what is read, and that every problem names its line, its table and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Kind, Stance
from dateline.watch.checking import FeedsFileError
from dateline.watch.saved import About
from dateline.watch.settings import Take, ToAtom, ToCommand, ToFile, ToWebhook, load, settings

GOOD = """
contact = "desk@example.org"
desk = "https://desk.example.org"
allow = ["Intranet.example.org"]

[defaults]
every = "30m"
language = "en"

[limits]
delay = 5
size = "8 MiB"

[[feed]]
url = "https://News.example/feed"
outlet = "The News"
max_entries = 10

[[feed]]
url = "https://wire.example/feed.json"
every = "5m"
take = "feed"

[[folder]]
path = "in"
pattern = "*.html"
every = "1m"

[[alert]]
name = "Niger"
where = {kind = "presence", host = "Niger", stances = ["asserted", "denied"]}
to = [
  {file = "niger.jsonl"},
  {webhook = "https://hooks.example/x", token_env = "HOOK_TOKEN"},
  {atom = "niger.xml", most = 20},
  {command = ["sendmail", "-t"], from = "desk@example.org", recipients = ["a@example.org"]},
]
"""


def problems(text: str, folder: Path) -> str:
    with pytest.raises(FeedsFileError) as found:
        settings(text, folder)
    return str(found.value)


def test_a_good_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK_TOKEN", "secret")
    (tmp_path / "feeds.toml").write_text(GOOD)
    found = load(tmp_path / "feeds.toml")
    assert found.allowed == {"intranet.example.org"}
    assert (found.limits.delay, found.limits.size) == (5, 8 * 2**20)
    first, second = found.feeds
    assert (first.url, first.every, first.take, first.most) == ("https://news.example/feed", 1800, Take.PAGES, 10)
    assert (second.every, second.take, second.language) == (300, Take.FEED, "en")
    assert found.folders[0].path == tmp_path / "in"
    (alert,) = found.alerts
    assert (alert.about, alert.wanted.kind, alert.wanted.host) == (About.CLAIMS, Kind.PRESENCE, "NER")
    assert alert.wanted.stances == (Stance.ASSERTED, Stance.DENIED)
    assert alert.channels == (
        ToFile(tmp_path / "niger.jsonl"),
        ToWebhook("https://hooks.example/x", "secret"),
        ToAtom(tmp_path / "niger.xml", "Niger", 20),
        ToCommand(("sendmail", "-t"), "desk@example.org", ("a@example.org",)),
    )


HEAD = 'contact = "a@b.example"\n'
FEED = '[[feed]]\nurl = "https://a.example/"\n'
ALERT = '[[alert]]\nname = "x"\nto = [{file = "x"}]\n'

BAD: dict[str, tuple[str, tuple[str, ...]]] = {
    "no contact": (FEED, ("top of the file contact: is missing",)),
    "nothing to watch": (HEAD, ("there is nothing to watch",)),
    "no TOML": ("a = = b", ("not TOML", "line 1")),
    "a wrong key": (HEAD + FEED + "evry = 1", ("line 4: [feed] evry: is not known; did you mean every?", "outlet")),
    "a table too many": (HEAD + FEED + "[[feeds]]\n", ("feeds: is not known; did you mean feed?",)),
    "a feed as a text": (HEAD + 'feed = "https://a.example"', ("must be tables, each written under [[feed]]",)),
    "a feed without address": (HEAD + "[[feed]]\nname = 'x'", ("line 2: [feed] url: is missing",)),
    "an address of another kind": (HEAD + '[[feed]]\nurl = "ftp://a.example"', ("line 3", "only http and https")),
    "a password in it": (HEAD + '[[feed]]\nurl = "https://a:b@a.example"', ("name or password",)),
    "too often": (HEAD + FEED + 'every = "5s"', ("line 4: [feed] every: '5s' must be a time from 1m to 7d",)),
    "a time that is none": (HEAD + FEED + 'every = "often"', ("'often' must be a time",)),
    "a size too large": (HEAD + FEED + '[limits]\nsize = "9 GB"', ("line 5: [limits] size: '9 GB' must be a size",)),
    "true for a number": (HEAD + FEED + "max_entries = true", ("must be a whole number from 1 to 1000",)),
    "another word": (HEAD + FEED + 'take = "all"', ("'all' must be one of pages, feed",)),
    "a language's name": (HEAD + FEED + 'language = "English"', ("must be an ISO 639-1 code",)),
    "a feed twice": (HEAD + FEED + FEED, ("https://a.example/ is there twice",)),
    "control characters": (HEAD + FEED + 'outlet = "a\\u0000b"', ("must be a text in quotes",)),
    "a host with a port": (HEAD + 'allow = ["a.example:80"]\n' + FEED, ("line 2", "without scheme, port and path")),
    "a pattern that leads out": (HEAD + '[[folder]]\npath = "a"\npattern = "../*"', ("must be a glob below",)),
    "an alert of nothing": (HEAD + FEED + "[[alert]]\n", ("[alert] name: is missing", "[alert] to: is missing")),
    "a filter of another matter": (
        HEAD + FEED + ALERT + 'about = "presences"\nwhere = {kind = "presence"}',
        ("[alert] kind: is not known; ", "allowed are host, actor, place, status, since"),
    ),
    "a kind that is none": (HEAD + FEED + ALERT + 'where = {kind = "war"}', ("'war' must be one of presence",)),
    "a country that is none": (HEAD + FEED + ALERT + 'where = {host = "Nigr"}', ("did you mean Niger",)),
    "a day that is none": (HEAD + FEED + ALERT + 'where = {since = "May"}', ("'May' must be a day",)),
    "changes of claims": (HEAD + FEED + ALERT + "changes = true", ('is only for about = "presences"',)),
    "two channels in one": (
        HEAD + FEED + '[[alert]]\nname = "x"\nto = [{file = "a", atom = "b"}]',
        ("line 6: [alert] to: each channel is one of",),
    ),
    "a file nowhere": (HEAD + FEED + '[[alert]]\nname="x"\nto = [{file = "no/x"}]', ("there is no folder",)),
    "a command in one text": (HEAD + FEED + '[[alert]]\nname="x"\nto = [{command = "mail x"}]', ("must be a list of",)),
    "a mail to nobody": (
        HEAD + FEED + '[[alert]]\nname="x"\nto = [{command = ["m"], from = "a@b", recipients = ["c, d@e"]}]',
        ("recipients: must be e-mail addresses",),
    ),
    "a token that is not there": (
        HEAD + FEED + '[[alert]]\nname="x"\nto = [{webhook = "https://a.example/", token_env = "NO_SUCH_1"}]',
        ("the environment has no NO_SUCH_1",),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_with(name: str, tmp_path: Path) -> None:
    text, words = BAD[name]
    found = problems(text, tmp_path)
    for part in words:
        assert part in found


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    found = problems('[[feed]]\nurl = "x"\nevery = 1\n[[folder]]\n', tmp_path)
    assert len(found.splitlines()) == 4


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FeedsFileError, match="cannot read it: No such file"):
        load(tmp_path / "no.toml")
    (tmp_path / "x.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(FeedsFileError, match="no UTF-8 at byte 5"):
        load(tmp_path / "x.toml")


VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-5, 10**6), st.floats(allow_nan=False), st.text(max_size=5).map(repr)),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


@given(
    table=st.sampled_from(("", "[defaults]", "[limits]", "[[feed]]", "[[folder]]", "[[alert]]")),
    key=st.sampled_from(("url", "every", "path", "name", "to", "where", "allow", "size", "contact", "most", "about")),
    value=VALUES,
)
def test_odd_values_are_problems_and_never_break_it(table: str, key: str, value: object) -> None:
    text = f"{table}\n{key} = {str(value).replace('True', 'true').replace('False', 'false')}\n"
    with pytest.raises(FeedsFileError):
        settings(text, Path())
