"""Known weaknesses of the locked packages, by pip-audit.

    python tools/audit.py [requirements/run.txt ...]

Exit status 0 when none is known or the data cannot be had (a closed network; it says so), 1 when one is, 2 when
pip-audit fails otherwise.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "requirements" / "run.txt"
UNREACHED = ("ConnectionError", "NameResolutionError", "ConnectTimeout", "ServiceError", "MaxRetryError")
TIMEOUT = 300


def audited(requirements: Path) -> tuple[list[dict[str, Any]], str]:
    """What pip-audit says of each package of a lock; and, when it says nothing, why."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--format", "json"]
    options = ["--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    try:
        done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return [], "ConnectTimeout: no answer in five minutes"
    if done.returncode in (0, 1) and done.stdout.startswith("{"):
        return json.loads(done.stdout)["dependencies"], ""
    return [], done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit status {done.returncode}"


def report(name: str, packages: list[dict[str, Any]], reason: str) -> tuple[int, str]:
    """Exit status and the lines that tell it."""
    if not packages:
        known = any(word in reason for word in UNREACHED)
        return (0 if known else 2), f"{name}: not audited: {reason}"
    looked = [package for package in packages if "vulns" in package]
    weak = [(package, weakness) for package in looked for weakness in package["vulns"]]
    lines = [
        f"{one['name']} {one['version']}: {weakness['id']}, mended in {', '.join(weakness['fix_versions']) or '?'}"
        for one, weakness in weak
    ]
    if not looked:
        return 0, f"{name}: not audited: the registry has no data on any of {len(packages)} packages"
    lines.append(f"{name}: {len(looked)} of {len(packages)} packages looked up, {len(weak)} known weaknesses")
    return (1 if weak else 0), "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run from the command line."""
    statuses = []
    for given in arguments or [str(LOCKED)]:
        status, lines = report(Path(given).name, *audited(Path(given)))
        statuses.append(status)
        print(lines)
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
