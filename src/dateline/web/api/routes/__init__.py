"""The routes, one module a subject: the parameters asked for, the desk's answer, its shape."""

from dateline.web.api.routes import (
    claims,
    desk,
    disputes,
    documents,
    events,
    exports,
    judgements,
    origins,
    presences,
    searching,
    sources,
)

ROUTERS = (
    documents.router,
    claims.router,
    events.router,
    presences.router,
    disputes.router,
    origins.router,
    sources.router,
    judgements.router,
    searching.router,
    exports.router,
    desk.router,
)
