"""The pages, one module a subject: a route asks the desk and hands its answer to a template."""

from dateline.web.pages import claims, origins, reports

ROUTERS = (claims.router, origins.router, reports.router)
