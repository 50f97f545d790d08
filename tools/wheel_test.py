"""Build the wheel, install it alone in an empty environment elsewhere, and read a report with it.

    python tools/wheel_test.py

What it needs comes from the package registry, as for any user; nothing of the checkout is in reach.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = """Last French soldiers leave Niger

NIAMEY, Dec 22, 2023 (Example Wire) - The last 50 French soldiers in Niger left Niamey on Friday,
the Nigerien army said.
"""


def built(folder: Path) -> Path:
    """The wheel of this checkout, built in `folder` by the locked backend."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    return next(folder.glob("dateline-*.whl"))


def main() -> int:
    """Run from the command line."""
    with tempfile.TemporaryDirectory(prefix="dateline-wheel-") as name:
        folder = Path(name)
        wheel = built(folder)
        venv.create(folder / "alone", with_pip=True)
        scripts = folder / "alone" / ("Scripts" if os.name == "nt" else "bin")
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        pip = [str(scripts / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, str(wheel)], check=True, cwd=folder, env=clean)
        report = folder / "report.txt"
        report.write_text(REPORT, encoding="utf-8")
        command = [str(scripts / "dateline"), "read", report.name]
        done = subprocess.run(command, check=True, cwd=folder, env=clean, capture_output=True, text=True)
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    found = sorted({f"{claim['kind']} by {(claim['actor'] or {}).get('country')}" for claim in claims})
    print(f"{wheel.name}, installed alone, read a report: {', '.join(found) or 'no claims'}")
    return 0 if "withdrawal by FRA" in found else 1


if __name__ == "__main__":
    sys.exit(main())
