"""Feeds and wires: what is read in the examples, how formats are told apart, and what hostile files come to."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire_examples import examples, expected, told

from dateline.ingest import documents, format_of
from dateline.ingest.feeds import TOGETHER
from dateline.ingest.items import moment
from dateline.ingest.sources import reports
from dateline.model import Document, Hints, Issue, Notice, PubStatus

PATIENCE = 60.0
"""Seconds after which a file has hung: what is read here takes less than five on a quiet machine."""
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{}</channel></rss>'
ENTRY = "<item><guid>https://f.example/{0}</guid><title>T</title><description>{0} soldiers left.</description></item>"
NEWSML = (
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x" version="1"><itemMeta>{meta}</itemMeta>'
    '<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html></inlineXML>'
    "</contentSet></newsItem>"
)
NINJS = {"uri": "urn:x", "versioncreated": "2024-05-04T00:00:00Z", "body_text": "60 soldiers left."}


def read(data: bytes | str, name: str | None = None) -> list[Document | Issue | Notice]:
    begun = time.monotonic()
    found = list(documents(data.encode() if isinstance(data, str) else data, Hints(path=name)))
    assert time.monotonic() - begun < PATIENCE
    return found


def codes(found: list[Document | Issue | Notice]) -> list[str]:
    return [item.code for item in found if isinstance(item, Issue)]


def texts(found: list[Document | Issue | Notice]) -> list[str]:
    return [item.text for item in found if isinstance(item, Document)]


def the_notice(found: list[Document | Issue | Notice]) -> Notice:
    (notice,) = (item for item in found if isinstance(item, Notice))
    return notice


@pytest.mark.parametrize("path", examples(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_read_in_the_examples(path: Path) -> None:
    assert told(path) == expected(path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", examples(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_notice_comes_before_its_report_and_names_it(path: Path) -> None:
    found = read(path.read_bytes(), str(path))
    known: set[str | None] = {None}
    for item in found:
        if isinstance(item, Notice):
            known.add(item.document)
        elif isinstance(item, Document) and "feed" in item.provenance:
            assert item.id in known


@pytest.mark.parametrize(
    ("start", "format"),
    [
        ('<?xml version="1.0"?>\n<!-- a <html> comment -->\n<rss version="2.0">', "feed"),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss>", "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        ('<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">', "feed"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', "feed"),
        ('<nar:newsMessage xmlns:nar="http://iptc.org/std/nar/2006-10-01/">', "newsml"),
        ("<newsItem>", "newsml"),
        ('<?xml version="1.0"?><kml>', "newsml"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html>', "html"),
        ("<!doctype html><html><body><p>about the rss feed", "html"),
        ("The <rss> of the army, he said", "text"),
        ("<p>A piece of a page", "text"),
    ],
)
def test_xml_is_told_by_its_first_element(start: str, format: str) -> None:
    assert format_of(None, start.encode()) == format
    assert format_of("a.xml", start.encode()) == (format if format != "text" else "newsml")


def test_wide_encodings_are_told_and_read() -> None:
    data = ("\ufeff" + FEED.format(ENTRY.format("Sévaré: 40"))).encode("utf-16-le")
    assert format_of("feed", data) == "feed"
    assert texts(read(data)) == ["Sévaré: 40 soldiers left."]


def test_a_charset_that_is_declared_wrongly_is_put_right() -> None:
    text = FEED.format(ENTRY.format("Sévaré: 40")).replace("?>", ' encoding="us-ascii"?>', 1)
    assert texts(read(text.encode())) == ["Sévaré: 40 soldiers left."]


def test_a_feed_cut_off_gives_what_came_before() -> None:
    data = FEED.format("".join(ENTRY.format(number) for number in range(120)))
    found = read(data[: data.index("<guid>https://f.example/110<") + 70])
    assert len(texts(found)) >= 110
    assert codes(found)[-1] == "broken_feed"


def test_one_broken_entry_spoils_no_other() -> None:
    entries = [ENTRY.format(number) for number in range(TOGETHER * 3)]
    entries[70] = entries[70].replace("</title>", "<b></title>&bogus; & more <")
    found = read(FEED.format("".join(entries)))
    assert {f"{number} soldiers left." for number in range(TOGETHER * 3) if number != 70} <= set(texts(found))
    assert codes(found) == ["broken_feed"]


def test_named_characters_of_html_are_read() -> None:
    found = read(FEED.format(ENTRY.format("Caf&eacute;&nbsp;7")))
    assert texts(found) == ["Café\u00a07 soldiers left."]
    assert codes(found) == []


def test_tags_in_cdata_and_comments_end_no_entry() -> None:
    body = "<content:encoded><![CDATA[<p>The &lt;item&gt; said: 5 soldiers left.</p></item>]]></content:encoded>"
    feed = FEED.format(f"<!-- <item> --><item><guid>urn:1</guid>{body}</item>{ENTRY.format(6)}")
    found = read(feed.replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ', 1))
    assert texts(found) == ["The <item> said: 5 soldiers left.", "6 soldiers left."]


def test_entities_of_a_feed_are_never_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    bomb = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'lol'}'>" for n in range(12))
    for subset, use in ((bomb, "&l11;"), (f"<!ENTITY x SYSTEM 'file://{secret}'>", "&x;")):
        doctype = f"<!DOCTYPE rss [{subset}]>"
        entry = ENTRY.format("7").replace("soldiers", f"soldiers {use}")
        found = read(doctype + FEED.format(entry).partition("?>")[2])
        assert "entities" in codes(found)
        assert all("SECRET" not in text and len(text) < 200 for text in texts(found))
        item = NEWSML.format(meta="", body=f"<p>Seven soldiers {use} left.</p>")
        found = read(f"<!DOCTYPE newsItem [{subset}]>{item}")
        assert all("SECRET" not in text and len(text) < 200 for text in texts(found))


def test_many_entries_are_read_as_a_stream() -> None:
    data = FEED.format("".join(ENTRY.format(number) for number in range(3000))).encode()
    flow = documents(data, Hints())
    begun = time.monotonic()
    next(flow)
    assert time.monotonic() - begun < PATIENCE
    flow.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "data",
    [
        FEED.format("<item>" * 50_000),
        FEED.format("<item><title>" + "<b>" * 100_000),
        FEED.format("<![CDATA[" * 200_000),
        FEED.format("<!--" * 200_000),
        FEED.format("<item><description>" + "&lt;div&gt;" * 100_000 + "40 soldiers left."),
        FEED.format("<item><title>" + "&" * 300_000),
        "<rss>" + "<" * 300_000,
        "<rss " + "a=" * 200_000,
        "<!DOCTYPE rss [" + "<!ENTITY a 'b'>" * 20_000,
        "<newsMessage><itemSet>" + "<newsItem>" * 50_000,
        NEWSML.format(meta="", body="<p>" * 100_000 + "40 soldiers left."),
        "<newsItem>" + "&a;" * 200_000,
    ],
    ids=lambda data: data[50:75],
)
def test_hostile_markup_is_read_in_time(data: str) -> None:
    found = read(data)
    assert len(found) < 60_000


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(examples()), st.data())
def test_spoilt_examples_never_raise(path: Path, data: st.DataObject) -> None:
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        piece = data.draw(
            st.sampled_from([b"", b"\x00", b"<", b"]]>", b"\xff\xfe", b'"', b"&#x110000;", b"{", b"[" * 99])
        )
        raw[at : at + data.draw(st.integers(0, 40))] = piece
    for item in documents(bytes(raw), Hints(path=str(path))):
        if isinstance(item, Document):
            item.text.encode()
            json.dumps(dict(item.provenance)).encode()


@pytest.mark.parametrize(
    ("fields", "status", "embargoed"),
    [
        ({}, PubStatus.USABLE, None),
        ({"pubstatus": "usable"}, PubStatus.USABLE, None),
        ({"pubStatus": "withheld"}, PubStatus.WITHHELD, None),
        ({"pubstatus": "cancelled"}, PubStatus.CANCELED, None),
        ({"pubstatus": "stat:canceled"}, PubStatus.CANCELED, None),
        ({"pubstatus": "spiked"}, PubStatus.WITHHELD, None),
        ({"embargoed": "2024-05-05T08:00:00+02:00"}, PubStatus.USABLE, "2024-05-05T06:00:00.000000Z"),
        ({"embargoedUntil": "2024-05-05T06:00:00Z"}, PubStatus.USABLE, "2024-05-05T06:00:00.000000Z"),
        ({"embargoed": "until the speech"}, PubStatus.WITHHELD, None),
        ({"embargoed": True}, PubStatus.WITHHELD, None),
    ],
)
def test_status_and_embargo_of_ninjs(fields: dict[str, object], status: PubStatus, embargoed: str | None) -> None:
    notice = the_notice(read(json.dumps(NINJS | fields), "a.json"))
    assert (notice.status, notice.embargoed) == (status, embargoed)


@pytest.mark.parametrize(
    ("meta", "status", "embargoed"),
    [
        ("", PubStatus.USABLE, None),
        ('<pubStatus qcode="stat:withheld"/>', PubStatus.WITHHELD, None),
        ('<pubStatus qcode="stat:canceled"/>', PubStatus.CANCELED, None),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/usable"/>', PubStatus.USABLE, None),
        ('<pubStatus qcode="stat:odd"/>', PubStatus.WITHHELD, None),
        ("<embargoed>2024-05-05T06:00:00Z</embargoed>", PubStatus.USABLE, "2024-05-05T06:00:00.000000Z"),
        ("<embargoed/>", PubStatus.WITHHELD, None),
    ],
)
def test_status_and_embargo_of_newsml(meta: str, status: PubStatus, embargoed: str | None) -> None:
    notice = the_notice(read(NEWSML.format(meta=meta, body="<p>60 soldiers left.</p>")))
    assert (notice.status, notice.embargoed) == (status, embargoed)


def test_the_body_of_a_canceled_item_is_no_report() -> None:
    found = read(json.dumps(NINJS | {"pubstatus": "canceled", "version": "2"}), "a.json")
    assert [type(item) for item in found] == [Notice]
    (issue,) = read(json.dumps({**NINJS, "uri": " ", "pubstatus": "canceled"}), "a.json")
    assert isinstance(issue, Issue)
    assert issue.code == "no_id"


def test_json_with_a_uri_that_is_no_ninjs_stays_a_report() -> None:
    (document,) = read(json.dumps({"uri": "urn:x", "text": "60 soldiers left.", "title": "Left"}), "a.json")
    assert isinstance(document, Document)
    assert document.title == "Left"


def test_an_id_that_is_no_address_is_one_of_its_feed_only() -> None:
    feeds = [
        FEED.format("<link>https://{}.example/</link><item><guid>7</guid><description>7 left.</description></item>")
        for _ in range(2)
    ]
    first, second = (the_notice(read(feed.replace("{}", name))) for feed, name in zip(feeds, "ab", strict=True))
    assert first.item != second.item


def test_large_json_lines_of_a_wire_are_read_as_a_stream(tmp_path: Path) -> None:
    lines = [json.dumps(NINJS | {"uri": f"urn:x:{number}"}) for number in range(40)]
    path = tmp_path / "wire.jsonl"
    path.write_text("\n".join(lines))
    found = list(reports([path], Hints(), limit=1000))
    assert len(texts(found)) == 40


def test_moments_are_utc_and_never_made_up() -> None:
    assert moment("Sat, 04 May 2024 18:30:00 +0200") == "2024-05-04T16:30:00.000000Z"
    assert moment("2024-05-04") == "2024-05-04T00:00:00.000000Z"
    assert [moment(text) for text in ("31.31.2024", "", "soon", "9999999-01-01", "0001-01-01T00:00:00+14:00")] == [
        None
    ] * 5
