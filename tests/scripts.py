"""Scripts of `benchmarks/`, run as from the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(name: str, *arguments: Path | str) -> subprocess.CompletedProcess[str]:
    """Run `benchmarks/NAME.py` on the package as it stands here; raises CalledProcessError where it fails."""
    command = [sys.executable, "-W", "ignore", str(ROOT / "benchmarks" / f"{name}.py"), *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
