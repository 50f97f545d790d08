"""One attack that a report comes back to is one claim with several pieces of evidence."""

from __future__ import annotations

import dateline


def attacks(text: str) -> list[int]:
    """How many pieces of evidence each attack of a report has."""
    report = dateline.read(text, published="2018-05-08")
    return [len(claim.evidence) for claim in report.claims if claim.kind == "attack"]


def test_the_killing_in_another_s_words_is_no_second_one() -> None:
    text = (
        "A guard shot the Norwegian ambassador, Anders Holm, in Lusaka on Monday. "
        "Zambia's president condemned the killing of Holm on television."
    )
    assert len(attacks(text)) == 1


def test_another_attack_stays_another() -> None:
    text = (
        "Gunmen attacked a convoy of Kenyan soldiers near Garissa on Monday. "
        "Another attack on the soldiers in Mandera killed three of them on Tuesday."
    )
    assert len(attacks(text)) == 2


def test_a_new_toll_is_not_lost() -> None:
    text = "A bomb went off in a market in Jos on Monday. The blast killed 14 people, the Nigerian police said."
    report = dateline.read(text, published="2018-05-08")
    assert [c.quantity.low for c in report.claims if c.kind == "attack" and c.quantity is not None] == [14]
