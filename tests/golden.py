"""Files that were read through once and kept: what is made now is the same, or is read through again."""

from __future__ import annotations

import os
from pathlib import Path

RENEW = "DATELINE_RENEW_GOLDEN"


def same_as_golden(golden: Path, data: bytes) -> None:
    """That data is what its file has; with `DATELINE_RENEW_GOLDEN=1` the file is written anew."""
    if os.environ.get(RENEW):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(data)
    assert data == golden.read_bytes(), f"{RENEW}=1 writes {golden.name} anew: read the difference before it is kept"
