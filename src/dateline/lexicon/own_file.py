"""Where the file of a user's own sites is: the environment says, so that worker processes know it too."""

from __future__ import annotations

import os
from functools import cache

VARIABLE = "DATELINE_SITES"
"""The environment variable that names the file."""


@cache
def own_file() -> str | None:
    """The path of the user's own sites, looked up once; None where there are none."""
    return os.environ.get(VARIABLE) or None


def set_own_file(path: str | None) -> None:
    """Name the file for this process and those it starts; None for none."""
    if path is None:
        os.environ.pop(VARIABLE, None)
    else:
        os.environ[VARIABLE] = path
    own_file.cache_clear()
