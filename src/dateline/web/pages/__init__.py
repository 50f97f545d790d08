"""The pages, one module a subject: a route asks the desk and hands its answer to a template."""

from dateline.web.pages import (
    claims,
    disputes,
    dossier,
    events,
    judging,
    reports,
    review,
)

ROUTERS = (
    claims.router,
    disputes.router,
    dossier.router,
    events.router,
    judging.router,
    reports.router,
    review.router,
)
