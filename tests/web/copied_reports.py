"""Reports made up for the tests of pages: an agency story with its copies, hostile text, a long report."""

from __future__ import annotations

from pathlib import Path

from dateline.ledger import Ledger

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
    "نيامي - أعلنت حكومة النيجر أن 300 جندي فرنسي غادروا العاصمة.\n\n"
    "Niger said 300 French soldiers left Niamey on Monday.\n"
)


def long_report(characters: int) -> str:
    """A report of about so many characters; claims at its beginning and at its end."""
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
        ledger.add_text(ARABIC, outlet="وكالة الأنباء", published="2024-05-07", title="النيجر")
        ledger.disputes()
    return path
