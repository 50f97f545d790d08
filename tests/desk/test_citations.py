"""Citations: whatever a report says stays inert in each notation."""

from __future__ import annotations

import json
import re

from dateline.desk.citations import citation
from dateline.model import Claim, Document, Evidence, Kind, Stance

HOSTILE = "}{\\input{x} <script> **bold** [x](http://e.org) \u202e _a_ $x$ 50% & #1 ~^"


def cited(words: str = "Niger told 400 men to go", **known: str | None) -> tuple[Claim, Document]:
    claim = Claim(
        "claim-1", "doc-1", Kind.EXPULSION, None, None, None, None, None, Stance.ASSERTED, None,
        (Evidence(0, len(words), words),), 0.5,
    )  # fmt: skip
    return claim, Document("doc-1", words, "0", **known)  # type: ignore[arg-type]


def test_the_plain_citation_names_words_voice_report_and_id() -> None:
    told = citation(*cited(outlet="Sahel Daily", title="Out", published="2024-05-03T10:00:00Z", url="https://e.org/1"))
    assert told.plain == (
        "“Niger told 400 men to go” (asserted by Sahel Daily). Sahel Daily, “Out”, 2024-05-03. https://e.org/1. "
        "dateline claim-1."
    )


def test_what_is_not_known_is_said_to_be_missing() -> None:
    assert "outlet not known, “untitled report”, no date." in citation(*cited()).plain


def test_braces_and_commands_of_a_report_do_not_reach_bibtex() -> None:
    told = citation(*cited(HOSTILE, outlet=HOSTILE, title=HOSTILE)).bibtex
    bare = re.sub(r"\\textbackslash\{\}|\\text(?:asciitilde|asciicircum)\{\}|\\[{}#$%&_]", "", told)
    assert bare.count("{") == bare.count("}")
    assert "\\input" not in told


def test_marks_of_a_report_are_escaped_in_markdown() -> None:
    told = citation(*cited(HOSTILE, title=HOSTILE)).markdown
    assert "<script>" not in told and "](http" not in told.replace("\\", "§")


def test_csl_is_json_with_the_day_in_parts() -> None:
    (found,) = json.loads(citation(*cited(HOSTILE, title=HOSTILE, published="2024-05-03")).csl)
    assert found["issued"] == {"date-parts": [[2024, 5, 3]]}
    assert found["id"] == "claim-1"
    assert "\u202e" not in found["note"]
