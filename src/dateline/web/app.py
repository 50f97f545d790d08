"""The web app over one ledger."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

import dateline
from dateline.desk import Desk
from dateline.store.unchanging import Recent
from dateline.web.api.application import mount
from dateline.web.pace import paced
from dateline.web.pages import ROUTERS
from dateline.web.rendering import MOST_BYTES, STATIC, leaflet
from dateline.web.routes import add_routes
from dateline.web.security import guard
from dateline.web.settings import Settings


def create_app(desk: Desk, settings: Settings) -> FastAPI:
    """The app; it opens nothing, the ledger stays the caller's to close."""
    about = {"title": "dateline", "version": dateline.__version__}
    app = FastAPI(**about, docs_url=None, redoc_url=None, openapi_url=None, lifespan=paced)
    app.state.desk = desk
    app.state.settings = settings
    app.state.pages = Recent(MOST_BYTES)
    guard(app, settings)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.mount("/leaflet", StaticFiles(directory=leaflet()), name="leaflet")
    mount(app)
    add_routes(app, *ROUTERS)
    return app
