"""The people of a desk, in a file of their own beside the ledger: names, roles, passwords, sessions, tokens, log.

Nothing of it is in the ledger, which can be handed on; nothing here knows of HTTP. Secrets are stored hashed only.
"""

from dateline.people.deeds import Deed, DeedLine, Deeds
from dateline.people.file import PeopleError, PeopleFile, people_path
from dateline.people.passwords import SHORTEST
from dateline.people.register import Account, Register
from dateline.people.roles import Clock, Person, Role
from dateline.people.sessions import Session, Sessions
from dateline.people.tokens import ApiTokens

__all__ = [
    "SHORTEST",
    "Account",
    "ApiTokens",
    "Clock",
    "Deed",
    "DeedLine",
    "Deeds",
    "PeopleError",
    "PeopleFile",
    "Person",
    "Register",
    "Role",
    "Session",
    "Sessions",
    "people_path",
]
