"""Who may see and do what: start-up token, people with roles, sessions, CSRF, headers, limits (`docs/security.md`).

Routes name what they need: `Reads` (any signed-in person), `Judges` (an analyst or admin; checks the CSRF token),
`Administers`. Every page and route but signing in needs at least `Reads`, by middleware.
"""

from dateline.people import Person, Role
from dateline.web.security.hosts import local_path
from dateline.web.security.people import Administers, Judges, Reads, csrf_token
from dateline.web.security.wall import guard

__all__ = ["Administers", "Judges", "Person", "Reads", "Role", "csrf_token", "guard", "local_path"]
