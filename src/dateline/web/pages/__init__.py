"""The pages, one module a subject: a route asks the desk and hands its answer to a template."""

from dateline.web.pages import claims, overview, presence

ROUTERS = (overview.router, presence.router, claims.router)
