"""The pages, one module a subject: a route asks the desk and hands its answer to a template."""

from dateline.web.pages import (
    add,
    claims,
    disputes,
    events,
    health,
    judging,
    log,
    reports,
    review,
    sources,
)

ROUTERS = (
    add.router,
    claims.router,
    disputes.router,
    events.router,
    health.router,
    judging.router,
    log.router,
    reports.router,
    review.router,
    sources.router,
)
