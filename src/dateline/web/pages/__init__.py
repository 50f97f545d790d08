"""The pages, one module a subject: a route asks the desk and hands its answer to a template."""

from dateline.web.pages import (
    add,
    claims,
    disputes,
    events,
    judging,
    reports,
    review,
)

ROUTERS = (
    add.router,
    claims.router,
    disputes.router,
    events.router,
    judging.router,
    reports.router,
    review.router,
)
