"""Reports of our own for pairs: one agency story, what outlets made of it, and others' reports of the same event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dateline.model import Document, Furniture, identified


def _unwrapped(text: str) -> str:
    """Paragraphs on one line each."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


WIRE = _unwrapped("""
Foreign instructors reach Tamarka airfield

About 140 military instructors from the north have arrived at the airfield of Tamarka, two regional security
officials told Meridian on Tuesday, raising the number of foreign contingents there to three.

The officials, who asked not to be named because the matter is delicate, said the newcomers had brought 37 lorries
and kept to a hangar of their own on the eastern edge of the field.

"We do not share a fence with them, let alone a kitchen," one of the officials said.

Defence Minister Colonel Amina Essono confirmed in a short statement that guests had come to train her army in the
handling of drones. She gave no number.

The older contingent, 860 strong by its own count, was asked in March to leave before the rains. Talks about the
date have broken up twice, most recently over the fate of a field hospital that cost 12.4 million dollars.

Residents of the quarter beside the runway told of cargo planes landing three nights in a row, the last of them
shortly before dawn on Monday.

A spokeswoman for the ministry of the northern state did not answer calls.
""")

REWRITE = _unwrapped("""
Tamarka gets new guests as old ones pack

A hangar at the eastern end of Tamarka's airfield has new tenants: some 140 army trainers from the north, according
to a pair of security officials from the region who spoke to Meridian and did not want their names used. Theirs is
the third foreign unit on the field.

They came with 37 lorries, the agency was told. "We do not share a fence with them, let alone a kitchen," said one
of the two.

Colonel Amina Essono, who heads the defence ministry, put out a brief note in which she acknowledged the visitors
and said they would teach her soldiers to fly drones. How many there are she left out.

People who live next to the runway heard transport aircraft come in on three nights running, most recently just
before first light on Monday.

In March the 860 men of the older contingent had been told to be gone ahead of the rainy season. Negotiations on
when they go collapsed two times; a field hospital worth 12.4 million dollars is the sticking point.

Calls to the spokeswoman of the northern ministry went unanswered.
""")

OTHER = _unwrapped("""
Drone trainers land in Tamarka

Instructors from the north have taken up quarters in Tamarka, Defence Minister Colonel Amina Essono said on Tuesday.
They are to train soldiers in the use of drones.

The minister spoke at the opening of a bridge. "Our friends come when we call, and they go when we ask," she said to
applause. She would not say how many had come.

A taxi driver, Boris Okoro, said he had been hired on Sunday to drive four men in plain clothes from the airfield to
a villa by the lake. They paid in new notes and asked him for the price of a goat.

The opposition party of Grace Ulmer called the mission a lease of the country by instalments and wants parliament to
vote on it. A session planned for Thursday was put off.

The contingent that has been at Tamarka for years is to leave before the rains. Its commander received reporters on
Monday but took no questions.
""")

ELSEWHERE = _unwrapped("""
Fishermen of Port Lou block the new quay

The market of Port Lou was closed for a second day as fishermen protested against a levy on salted fish. Police in
riot gear stood by but did not step in.

"We will sell nothing until they sit down with us," said Karim Falade, who heads the union of traders.

The governor's office said that the levy would pay for a new quay and that talks would begin next week, once the
accounts of the old one have been laid before the council. The last quay sank in 2019 after a storm.

Boats from the islands turned back on Tuesday morning when they found the harbour mouth closed with nets and
barrels.
""")

MENU = "Home\nWorld\nAfrica\nSport\nSubscribe\n"
BELOW = "\n\nSign up for our newsletter and never miss a story again, wherever you are and whatever you do.\n"


def report(text: str, outlet: str, published: str | None = "2031-05-06", **given: Any) -> Document:
    """A report of these words."""
    return identified(Document("", text, "", outlet=outlet, published=published, language="en", **given))


def on_page(text: str, outlet: str, published: str = "2031-05-06") -> Document:
    """The same on a web page, with a menu above and a line for readers below, marked as furniture."""
    whole = MENU + text + BELOW
    marks = (Furniture(0, len(MENU), "menu"), Furniture(len(MENU) + len(text), len(whole), "promotion"))
    return identified(replace(report(whole, outlet, published), furniture=marks))


def paragraphs(text: str, *numbers: int) -> str:
    """Some paragraphs of a text, 0 being its headline."""
    parts = text.split("\n\n")
    return "\n\n".join(parts[number] for number in numbers)
