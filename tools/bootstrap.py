"""Make `.venv` from `requirements/dev.txt`, once for each state of that file.

    python tools/bootstrap.py

Standard library only. Nothing is installed that the lock does not name with its hash, and only
built wheels; the package itself goes in as a link to `src`, built by the locked backend. A set-up
that was cut off, a moved checkout, another Python or another lock make a new environment.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "dev.txt"
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / ".dateline-ready"


def state() -> str:
    """What the environment depends on: the lock, how the package is built, this Python and this folder."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    built_from = json.dumps([project["build-system"], project["project"]], sort_keys=True)
    digest = hashlib.sha256(LOCK.read_bytes() + built_from.encode())
    major, minor = sys.version_info[:2]
    return f"{digest.hexdigest()} python{major}.{minor} {ROOT}\n"


def interpreter() -> Path:
    """The environment's Python."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(*arguments: str) -> None:
    """Run the environment's pip, never asking, with only its errors shown."""
    command = [str(interpreter()), "-m", "pip", "install", "-qq", "--no-input"]
    subprocess.run([*command, "--disable-pip-version-check", *arguments], check=True, cwd=ROOT)


def main() -> int:
    """Run from the command line."""
    wanted = state()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and interpreter().exists():
        return 0
    print(f"Setting up {ENVIRONMENT} from requirements/dev.txt (a minute or two) ...", file=sys.stderr)
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    try:
        install("--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK))
        install("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    except subprocess.CalledProcessError as failed:
        print(f"Set-up failed: {' '.join(failed.cmd)}", file=sys.stderr)
        return 1
    STAMP.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
