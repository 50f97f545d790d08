"""The pages, one module a subject: a route asks the desk and hands its answer to a template."""

from dateline.web.pages import (
    claims,
    disputes,
    events,
    judging,
    reports,
    review,
)

ROUTERS = (
    claims.router,
    disputes.router,
    events.router,
    judging.router,
    reports.router,
    review.router,
)
