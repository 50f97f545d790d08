"""A page is written once for what it is given, and anew for whatever is given otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from desks import client_of
from judging_flows import Judged, done

from dateline.web import rendering


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that pages are written from."""
    found: list[str] = []
    write = rendering._written

    def noted(template: str, values: dict[str, Any]) -> bytes:
        found.append(template)
        return write(template, values)

    monkeypatch.setattr(rendering, "_written", noted)
    return found


@pytest.mark.parametrize("path", ["/claims", "/presence", "/reports?sort=title", "/events", "/origins"])
def test_a_page_is_written_once(judged: Judged, written: list[str], path: str) -> None:
    first, again = judged.client.get(path), judged.client.get(path)
    assert first.status_code == 200 and again.text == first.text
    assert len(written) == 1


def test_a_judgement_shows_at_once(judged: Judged, written: list[str]) -> None:
    claim = judged.claims()[0]
    pages = ["/claims", f"/claims/{claim.id}", f"/reports/{claim.document}"]
    before = [judged.client.get(page).text for page in pages]
    (made,) = done(judged.post("accept", {"claim": claim.id}, back="/log"))
    after = [judged.client.get(page).text for page in pages]
    assert all("accepted" in now and now != then for now, then in zip(after, before, strict=True))
    done(judged.post("undo", {"judgement": made}))
    assert judged.client.get("/claims").text == before[0]
    assert len(written) == 7


def test_nobody_is_given_the_page_of_another(judged: Judged, own_place: str, written: list[str]) -> None:
    claim = judged.claims()[0].id
    mine = judged.client.get(f"/claims/{claim}").text
    app = judged.client.app
    with client_of(own_place) as other:
        other.app = app
        theirs = other.get(f"/claims/{claim}", headers={"authorization": "Bearer of-the-tests"}).text
    assert 'name="csrf" value=""' in theirs and 'name="csrf" value=""' not in mine
    assert len(written) == 2


def test_the_page_of_a_presence_tells_what_was_judged(judged: Judged) -> None:
    found = judged.client.get("/api/v1/presences").json()["items"]
    asserted = next(one["id"] for one in found if one["supporting"])
    shown = f"/presence/{asserted}"
    before = judged.client.get(shown).text
    claim = judged.client.get(f"/api/v1/presences/{asserted}").json()["supports"][-1]
    done(judged.post("accept", {"claim": claim}))
    assert judged.client.get(shown).text != before


def test_pages_are_not_kept_beyond_their_weight() -> None:
    pages: rendering.Pages = rendering.Recent(100)
    pages.keep(("a.html",), ({}, b"x"), 20)
    pages.keep(("b.html",), ({}, b"x" * 101), 101)
    assert pages.get(("a.html",)) is not None and pages.get(("b.html",)) is None
