"""The pages, one module a subject: a route asks the desk and hands its answer to a template."""

from dateline.web.pages import add, claims, disputes, events, health, judging, log, review, sources

ROUTERS = (
    add.router,
    log.router,
    sources.router,
    health.router,
    claims.router,
    events.router,
    disputes.router,
    review.router,
    judging.router,
)
