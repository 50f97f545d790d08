"""schemathesis over the OpenAPI document: requests that fit it and requests that do not, every answer checked.

Every sixth of the requests that schemathesis makes up is sent, so that it takes seconds; all of them, and more of the
random ones, by hand: `DATELINE_API_EXAMPLES=100 pytest tests/web/test_api_schema.py`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from desks import TOKEN, client_of
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.types import ASGIApp, Receive, Scope, Send

from dateline.desk import Desk
from dateline.store import open_store
from dateline.web.app import create_app
from dateline.web.settings import Settings

THOROUGH = int(os.environ.get("DATELINE_API_EXAMPLES", "0"))
EXAMPLES = THOROUGH or 12
"""Random requests of each operation, beside those that the document's limits call for."""

SENT = 1 if THOROUGH else 6
turn = count()


class Served:
    """The app over the ledger of the tests; until that is there, over an empty one, which has the same document."""

    def __init__(self) -> None:
        self.app: ASGIApp = create_app(Desk(open_store(":memory:", create=True)), Settings(token=TOKEN))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


served = Served()
config = SchemathesisConfig.from_dict(
    {
        "request-timeout": 120,
        "generation": {
            "max-examples": EXAMPLES,
            "deterministic": True,
            "database": "none",
            "with-security-parameters": False,
        },
    }
)
schema = schemathesis.openapi.from_dict(served.app.state.api_document.content, config=config)
schema.app = served


@pytest.fixture(scope="module")
def asked(examples_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Where and with what a request is sent."""
    path = Path(shutil.copy(examples_file, tmp_path_factory.mktemp("api") / "own.db"))
    with client_of(path) as client:
        served.app = client.app
        yield {"base_url": "http://127.0.0.1/api/v1", "headers": {"Authorization": f"Bearer {TOKEN}"}}


@schema.parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_requests_are_answered_as_documented(case: schemathesis.Case, asked: dict[str, Any]) -> None:
    if next(turn) % SENT:
        return
    answer = case.call(**asked)
    no_such_page = answer.status_code == 400 and answer.json()["type"].endswith("#problem-cursor")
    case.validate_response(
        answer,
        excluded_checks=[positive_data_acceptance] if no_such_page else [],
        headers=asked["headers"],
        transport_kwargs=asked,
    )
