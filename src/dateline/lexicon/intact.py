"""Whether the large data files of the package are those that it was released with, looked at when they are loaded.

`intact.sha256` lists them as `sha256sum` does, by their paths in the package; `tools/hash_data.py` writes it. A file
that was cut short by a full disk, or changed, would read reports wrongly without a word.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from mmap import mmap

LIST = "intact.sha256"


class DamagedDataError(RuntimeError):
    """A data file of the package is not the one that it was released with."""


def checked(name: str, data: bytes | mmap) -> None:
    """Nothing if `data` is what the package was released with under `name`; else DamagedDataError says what to do."""
    found = hashlib.sha256(data).hexdigest()
    expected = released().get(name)
    if expected is None:
        raise DamagedDataError(f"{name} is not among the data files of dateline ({LIST}): reinstall dateline")
    if found != expected:
        raise DamagedDataError(
            f"{name} is damaged or was changed: its SHA-256 begins {found[:12]}, that of the released file "
            f"{expected[:12]}; reinstall dateline"
        )


@cache
def released() -> dict[str, str]:
    """SHA-256 of each listed file, by its path in the package."""
    lines = files("dateline.lexicon").joinpath(LIST).read_text(encoding="ascii").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
