"""The files of a release in `dist/`: wheel, bill of materials, licences, what is known against the locked packages.

    python tools/release_files.py [--out dist]

The wheel is installed with the locked packages alone in an empty environment, so that the bill of materials
(CycloneDX 1.6) holds what a user gets and nothing of ours. Exit status 1 when a licence may not be used or a weakness
is known; the files are written all the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from audit import LOCKED, audited, report
from licences import components, markdown
from wheel_test import built

ROOT = Path(__file__).resolve().parent.parent
SUMS = "SHA256SUMS"


def installed(folder: Path, wheel: Path) -> Path:
    """The Python of an environment that holds the wheel and the locked packages."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(LOCKED)], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    subprocess.run([str(python), "-m", "pip", "uninstall", "-qq", "--yes", "pip", "setuptools"], check=True)
    return python


def bill_of(python: Path, bill: Path) -> None:
    """Write the bill of materials of an environment."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--spec-version", "1.6"]
    subprocess.run([*command, "--pyproject", str(ROOT / "pyproject.toml"), "-o", str(bill), str(python)], check=True)


def emptied(out: Path) -> bool:
    """Make the folder, or take the last release out of it; False where other things lie in it."""
    out.mkdir(parents=True, exist_ok=True)
    listed = out / SUMS
    ours = {line.partition("  ")[2] for line in listed.read_text().splitlines()} | {SUMS} if listed.exists() else set()
    lying = {path.name for path in out.iterdir()}
    if not lying <= ours:
        return False
    for name in lying:
        (out / name).unlink()
    return True


def sums(folder: Path) -> str:
    """The SHA-256 of each file, as `sha256sum` writes it."""
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    out: Path = parser.parse_args().out
    if not emptied(out):
        print(f"{out} holds other files: give --out a new folder, or one that this program wrote", file=sys.stderr)
        return 2
    wheel = built(out)
    with tempfile.TemporaryDirectory(prefix="dateline-package-") as name:
        bill = out / f"{'-'.join(wheel.name.split('-')[:2])}.cdx.json"
        bill_of(installed(Path(name), wheel), bill)
    found = components(json.loads(bill.read_text(encoding="utf-8")))
    (out / "licences.md").write_text(markdown(found), encoding="utf-8")
    refused = [one.name for one in found if not one.may_be_used]
    status, lines = report(LOCKED.name, *audited(LOCKED))
    (out / "audit.txt").write_text(f"{lines}\n", encoding="utf-8")
    (out / SUMS).write_text(sums(out), encoding="ascii")
    print(f"{out}: {wheel.name}, {len(found)} packages beside it")
    print(f"licences that may not be used: {', '.join(refused) or 'none'}")
    print(lines)
    return 1 if refused or status else 0


if __name__ == "__main__":
    sys.exit(main())
