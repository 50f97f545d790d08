"""Paragraphs of plain text, wrapped or not, and headlines that stand right on top of them."""

from __future__ import annotations

import textwrap

import pytest

from dateline.parse.layout import headline_breaks, paragraphs

LEADS = {
    "small word": "The army of Veld will leave the port of Orvale by the end of the year, the ministry of defence said "
    "on Tuesday. Some four hundred soldiers are there now, an officer told reporters in Sund.",
    "common noun": "Officials in Sund said on Tuesday that Veld would leave the port of Orvale by the end of the year. "
    "Two other officials told reporters that four hundred soldiers are there now, "
    "and that all of them would be home by then.",
    "dateline": "SUND, May 6, 2031 (AFP) - Veld will leave the port of Orvale by the end of the year, its ministry of "
    "defence said on Tuesday. Some four hundred soldiers are there now, an officer told reporters.",
}
HEADLINES = (
    "Veld soldiers to leave the port of Orvale by December",
    "Veld soldiers to leave the port of Orvale by December, ministry says",
    "Veld Soldiers To Leave The Port Of Orvale Before The Year Is Over",
    "Veld soldiers to leave the port of Orvale by December, the ministry of defence says in a statement",
)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [60, 66, 72, 78, 100_000])
@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_ends_where_the_body_opens(headline: str, lead: str, width: int) -> None:
    head, body = textwrap.fill(headline, width), textwrap.fill(LEADS[lead], width)
    text = f"{head}\n{body}\n"
    assert squeezed(paragraphs(text)[0].text) == headline
    assert headline_breaks(text) == {len(head)}


@pytest.mark.parametrize("width", [60, 66, 72, 78])
@pytest.mark.parametrize("lead", LEADS)
def test_wrapped_text_without_a_headline_stays_whole(lead: str, width: int) -> None:
    text = textwrap.fill(LEADS[lead], width)
    assert [squeezed(p.text) for p in paragraphs(text)] == [LEADS[lead]]
    assert headline_breaks(text) == frozenset()


def test_names_at_the_start_of_a_wrapped_line_do_not_end_a_headline() -> None:
    text = (
        "The prime minister of Veld and the foreign minister of the Republic of\n"
        "Halden met in Sund on Tuesday, and the minister told reporters that the\n"
        "republic of Halden would share the port of Orvale with its neighbours.\n"
    )
    assert len(paragraphs(text)) == 1
