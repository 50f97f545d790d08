"""Mails: whose words count, which date and title, what attachments become, and headers that are no headers."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import LEAD, SECOND, THIRD, TITLE, docx, forwarded_mail, mail, saved_page

from dateline.ingest import documents, format_of
from dateline.ingest.forwarded import forwarded
from dateline.ingest.mail import moment
from dateline.model import Document, Hints, Issue


def read(data: bytes, name: str = "a.eml") -> tuple[list[Document], list[Issue]]:
    items = list(documents(data, Hints(path=name)))
    return [x for x in items if isinstance(x, Document)], [x for x in items if isinstance(x, Issue)]


def message(body: str = f"{LEAD}\n\n{SECOND}\n", **headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {"Subject": TITLE, "From": "Jane Doe <jane@x.example>", **headers}.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def test_a_mail_of_a_list_and_its_attachments() -> None:
    found, issues = read(mail(attached={"note.docx": docx(), "more.txt": THIRD.encode()}))
    first = found[0]
    assert (first.title, first.outlet, first.byline) == (TITLE, "The Daily Courier", None)
    assert first.published == "2031-03-04T06:30:00+01:00"
    assert first.provenance == {"outlet": "mail sender", "published": "mail date", "title": "mail subject"}
    assert [(first.text[part.start :], part.reason) for part in first.furniture] == [
        ("-- \nThe Daily Courier, 1 Main Street", "signature")
    ]
    assert found[1].byline == "Jane Doe"
    assert found[2].text == THIRD
    assert issues == []


def test_the_sender_of_no_list_is_the_byline() -> None:
    (found,), _ = read(message().as_bytes())
    assert (found.byline, found.outlet) == ("Jane Doe", None)


@pytest.mark.parametrize(
    ("subject", "title"),
    [("Re: Fwd: Camp closes", "Camp closes"), ("[sahel-news] TR : Le camp ferme", "Le camp ferme"),
     ("Camp: closed", "Camp: closed"),
     ("=?utf-8?q?D=C3=A9part_de?= =?utf-8?q?_Niamey?=", "Départ de Niamey")],
)  # fmt: skip
def test_subjects(subject: str, title: str) -> None:
    raw = b"Subject: %s\nMessage-ID: <a@b>\nFrom: a@b.example\n\n%s\n" % (subject.encode(), LEAD.encode())
    (found,), _ = read(raw)
    assert found.title == title


def test_a_page_is_read_where_the_plain_text_only_points_to_it() -> None:
    made = message("This mail is in HTML. See it in your browser.")
    made.add_alternative(f"<html><body><article><h1>{TITLE}</h1><p>{LEAD}</p></article></body></html>", subtype="html")
    (found,), _ = read(made.as_bytes())
    assert LEAD in found.text
    assert "browser" not in found.text


def test_a_mail_that_was_passed_on() -> None:
    (found,), _ = read(forwarded_mail())
    assert (found.title, found.byline, found.published) == (TITLE, "Jane Doe", "2031-03-04T18:30:00")
    assert found.furniture[0].reason == "mail header"
    assert found.text[found.furniture[0].end :].strip() == f"{LEAD}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("line", "head"),
    [
        (
            "-----Original Message-----",
            "From: A B <a@b>\nSent: Tuesday, March 4, 2031 6:30 PM\nTo: x\nSubject: RE: Camp\n",
        ),
        ("Begin forwarded message:", "\n> From: A B <a@b>\n> Date: 4 March 2031 at 18:30\n> Subject: Camp\n"),
        ("---------- Message transféré ---------", "De : A B <a@b>\nDate: mar. 4 mars 2031\nObjet : Camp\n"),
    ],
)
def test_how_programs_pass_mails_on(line: str, head: str) -> None:
    blocks, found = forwarded(f"Note.\n\n{line}\n{head}\n{LEAD}\n")
    assert (found["title"].value, found["byline"].value) == ("Camp", "A B")
    assert "2031" in found["published"].value
    assert blocks[-1].text == LEAD


def test_a_mail_below_much_text_is_an_appendix() -> None:
    blocks, found = forwarded(
        f"{LEAD} {SECOND} {THIRD} {LEAD} {SECOND}\n\n-----Original Message-----\nFrom: A\nSubject: B\n\nC d."
    )
    assert (len(blocks), found) == (1, {})


def test_mails_in_mails_are_reports_of_their_own_to_a_depth() -> None:
    made = message()
    for depth in range(4):
        found, issues = read(made.as_bytes())
        assert len(found) == min(depth, 2) + 1
        assert [issue.code for issue in issues] == (["nested"] if depth > 2 else [])
        outer = message(f"{THIRD} Number {depth}.", Subject=f"Outer number {depth}")
        outer.add_attachment(made)
        made = outer


def test_a_page_saved_by_a_browser() -> None:
    (found,), issues = read(saved_page(), "a.mhtml")
    assert (found.title, found.url, found.published) == (TITLE, "https://courier.example/camp", "2031-03-04")
    assert issues == []


def test_flowed_text_and_pictures() -> None:
    made = message("x")
    made.set_content("The mission closed its camp \nat Orvale on Monday.\n \n-- \nJane\n", params={"format": "flowed"})
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    (found,), issues = read(made.as_bytes())
    assert found.text.startswith("The mission closed its camp at Orvale on Monday.")
    assert issues == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no header at all", "bad_file"),
        (b"Subject: x\nFrom: a@b\n\n \n", "empty"),
        (b"X: y\n" * 200_000 + b"\nText.", "bad_file"),
        (b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 100 + LEAD.encode(), "nested"),
        (b"%PDX-" + bytes(range(1, 9)) * 100, "binary"),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    _, (issue,) = read(data)
    assert issue.code == code


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("Tue, 4 Mar 2031 06:30:00 +0100", "2031-03-04T06:30:00+01:00"),
        ("4 Mar 2031 06:30", "2031-03-04T06:30:00"),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("yesterday", None),
        ("Tue, 99 Foo 99999 25:61:61 +99999", None),
    ],
)
def test_dates_of_mails(value: str, iso: str | None) -> None:
    assert moment(value) == iso


def test_a_mail_without_a_suffix_is_known_by_its_header() -> None:
    assert format_of(None, mail()) == "mail"
    assert format_of("letter.txt", f"From: the ministry\nTo: all\n\n{LEAD}".encode()) == "text"


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_passed_on_is_kept(note: str, body: str) -> None:
    text = f"{note}\n-----Original Message-----\nFrom: A\nSubject: B\n\n{body}"
    kept = "".join(block.text for block in forwarded(text)[0])
    assert [char for char in kept if not char.isspace() and char != ">"] == [
        c for c in text if not c.isspace() and c != ">"
    ]
