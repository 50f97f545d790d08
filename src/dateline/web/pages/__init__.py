"""The pages, one module a subject: a route asks the desk and hands its answer to a template."""

from dateline.web.pages import (
    add,
    brief,
    claims,
    disputes,
    dossier,
    events,
    health,
    judging,
    log,
    origins,
    overview,
    presence,
    reports,
    review,
    search,
    sources,
)

ROUTERS = (
    add.router,
    brief.router,
    claims.router,
    disputes.router,
    dossier.router,
    events.router,
    health.router,
    judging.router,
    log.router,
    origins.router,
    overview.router,
    presence.router,
    reports.router,
    review.router,
    search.router,
    sources.router,
)
