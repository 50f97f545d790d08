"""Reports made up for the tests of pages: an agency story with its copies, hostile text, a long report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dateline.ledger import Ledger
from dateline.model import Claim, Document, Evidence, Kind, Run, Stance, content_id, identified
from dateline.store import Writer, open_store

AGENCY = """NIAMEY, May 3 (Reuters) - The United States will withdraw about 1,000 soldiers from Niger by September 15, \
a senior defence official said on Friday.

Niger's military government ordered the American troops to leave in March after talks in Niamey failed. Colonel \
Amadou Abdramane, a spokesman for the junta, said the agreement with Washington was unconstitutional.

Russian military instructors arrived in Niamey on April 10 with air defence equipment, state television reported. \
About 60 Russian soldiers are staying at Airbase 101 near the capital, the official said.

France withdrew its last 400 soldiers from Niger in December after the coup of July 2023. Germany keeps about 90 \
soldiers at an air transport base in Niamey.
"""
COPY = AGENCY.replace("about 1,000 soldiers", "about 1,100 soldiers").replace("NIAMEY, May 3 (Reuters) - ", "")
CUT = AGENCY.split("\n\nFrance withdrew")[0].replace("September 15", "September 30") + (
    "\n\nOpposition figures in Niamey welcomed the decision and called for elections next year.\n"
)
HOSTILE = (
    "<script>alert('no')</script> {{ 7 * 7 }} {% raw %} \u202eevil\u202c Niger ordered 300 French soldiers to leave "
    'Niamey on Monday, General <b>Abdou</b> "onload=alert(1)" said. The army said nothing\x00more.\n'
)
ARABIC = (
    "قالت الوكالة:\n\n"
    "Niger said on Monday that 300 French soldiers had left Niamey. The army of Niger said so in a statement.\n\n"
    "Colonel Abdou said that the soldiers of France would leave Niger before the end of the year.\n"
)


def _long_report(characters: int) -> str:
    filler = "Nothing of note was said about the weather in the valley that morning. " * 8
    first = "France withdrew 400 soldiers from Chad on Monday, the army said.\n\n"
    last = "Niger expelled 200 American soldiers from Agadez on Tuesday, the army said.\n"
    return first + (filler + "\n\n") * (characters // (len(filler) + 2)) + last


def copied_ledger(path: Path) -> Path:
    """A ledger of these reports with all that is derived of them."""
    with Ledger(path) as ledger:
        ledger.add_text(AGENCY, outlet="Reuters", published="2024-05-03T10:00:00Z", title="US to leave Niger")
        ledger.add_text(COPY, outlet="Sahel Daily", published="2024-05-03T16:00:00Z", title="American troops to go")
        ledger.add_text(CUT, outlet="Kestrel Weekly", published="2024-05-05", title="Niger: Americans out in autumn")
        ledger.add_text(HOSTILE, outlet="<img src=x>", published="2024-05-06", title="<script>alert(1)</script>")
        ledger.add_text(ARABIC, outlet="وكالة الأنباء", published="2024-05-07", title="النيجر تطلب الرحيل")
        ledger.disputes()
    return path


def keep_long_report(path: Path, characters: int) -> tuple[str, str]:
    """A ledger of one report of about so many characters with a claim at its beginning and one at its end.

    Gives the id of the report and that of the last claim. It is kept as it is, not read: that takes minutes.
    """
    document = identified(Document("", _long_report(characters), "0" * 64, outlet="Long Post", published="2024-05-03"))
    claims = []
    for words in ("France withdrew 400 soldiers", "Niger expelled 200 American soldiers"):
        start = document.text.index(words)
        evidence = (Evidence(start, start + len(words), words),)
        found = Claim("", document.id, Kind.WITHDRAWAL, *[None] * 5, Stance.ASSERTED, None, evidence, 0.9)
        claims.append(replace(found, id=content_id("claim", document.id, words)))
    store = open_store(path, create=True)
    run = Run("run-made-up", "made up", "none", "3", "3", {})
    Writer(store).add(document, tuple(claims), (), run=run, at="2026-01-02T10:00:00Z")
    store.close()
    return document.id, claims[-1].id
