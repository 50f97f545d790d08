"""The interface as an app of its own within the desk's: its errors, its limits and its document touch no page."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from markupsafe import Markup
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, Response

from dateline.web.api import openapi, problems
from dateline.web.api.limits import Bounded
from dateline.web.api.reference import reference_of
from dateline.web.api.routes import ROUTERS
from dateline.web.api.routes.ids import Elsewhere, moved
from dateline.web.rendering import fragment, page
from dateline.web.routes import add_routes

AT = "/api/v1"
_LARGE = 1_000
"""Bytes from which an answer is compressed for clients that take it. Nothing in these answers is secret."""


def mount(app: FastAPI) -> None:
    """Put the interface into a desk's app; what the app knows (`state`) it knows too."""
    api = FastAPI(title="dateline", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    api.state = app.state
    problems.register(api, [route for router in ROUTERS for route in router.routes])
    api.add_exception_handler(Elsewhere, moved)
    add_routes(api, *ROUTERS)
    document = Document(api)
    app.state.api_document = document
    api.add_api_route("/openapi.json", document.answer, include_in_schema=False)
    api.add_middleware(problems.Caught)
    api.add_middleware(Bounded)
    api.add_middleware(GZipMiddleware, minimum_size=_LARGE, compresslevel=4)
    app.mount(AT, api, name="api")
    app.add_api_route(problems.PAGE, document.page, include_in_schema=False)


class Document:
    """The OpenAPI document of the interface, made when it is first asked for."""

    def __init__(self, api: FastAPI) -> None:
        self._api = api

    @cached_property
    def content(self) -> dict[str, Any]:
        """The document."""
        return openapi.document(self._api, server=AT)

    @cached_property
    def _written(self) -> bytes:
        return msgspec.json.encode(self.content)

    @cached_property
    def _in_words(self) -> Markup:
        return fragment("_api_reference.html", reference=reference_of(self.content))

    async def page(self, request: Request) -> HTMLResponse:
        """The document as a page."""
        return page(request, "api.html", written=self._in_words)

    async def answer(self) -> Response:
        """The document as JSON."""
        return Response(self._written, 200, {"cache-control": "private, no-cache"}, "application/json")
