"""What tests of judging share: a ledger written to, and the state of all that is derived from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from httpx2 import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from dateline.derivation import bring_up_to_date
from dateline.model import Claim, Dispute, Event, Judgement
from dateline.store import Filters, Store, View, open_store
from dateline.store.judging import Judgements
from dateline.store.schema import disputes, events, origins, presences

_CSRF = re.compile(r'name="csrf" content="([^"]*)"')


class Judged:
    """A ledger, a client that judges in it, and what it comes to."""

    def __init__(self, path: str | Path, client: TestClient) -> None:
        self.client = client
        self.store: Store = open_store(path, create=False)
        self.view = View(self.store)
        found = _CSRF.search(client.get("/review").text)
        assert found is not None
        self.csrf = found[1]

    def post(self, verdict: str, fields: Mapping[str, str | list[str]], *, back: str = "/review") -> Response:
        """Send a form; the answer is not followed."""
        form = {"csrf": self.csrf, "back": back, **fields}
        return self.client.post(f"/judge/{verdict}", data=form, follow_redirects=False)

    def claims(self) -> tuple[Claim, ...]:
        """The claims."""
        return self.view.claims(Filters()).rows

    def events(self) -> tuple[Event, ...]:
        """The events."""
        return self.view.events(Filters()).rows

    def disputes(self) -> tuple[Dispute, ...]:
        """The disputes."""
        return self.view.disputes(Filters()).rows

    def judgements(self) -> tuple[Judgement, ...]:
        """The judgements, oldest first."""
        return Judgements(self.store).all()

    def derived(self) -> list[tuple[str, str]]:
        """Every derived record, to be compared byte by byte."""
        bring_up_to_date(self.store)
        with self.store.reading() as connection:
            return [
                (row.id, row.record)
                for table in (origins, events, presences, disputes)
                for row in connection.execute(select(table.c.id, table.c.record).order_by(table.c.id))
            ]


def done(answer: Response) -> list[str]:
    """The judgements that an answer says were made."""
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("done=")[2].partition("&")[0].replace("%2C", ",").split(",")
