"""The tutorial's page is what a run of its notebook gives."""

from __future__ import annotations

import pytest

import tutorial
from dateline.parse.nlp import installed_model

pytestmark = pytest.mark.skipif(installed_model("fr") is None, reason="no French parser: install dateline[fr]")


def test_the_page_is_that_of_a_run() -> None:
    page = tutorial.ran()
    assert (tutorial.DOCS / "tutorial.md").read_text(encoding="utf-8") == page.text
    assert page.pictures
    for name, data in page.pictures.items():
        assert (tutorial.DOCS / name).read_bytes() == data
