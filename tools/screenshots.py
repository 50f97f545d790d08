"""Make the pictures of the desk in `docs/`: the main pages over the ledger of the example reports, in Chromium.

    python tools/screenshots.py [--ledger out/demo.db] [--out docs]

Needs Debian's chromium and the packages of requirements/dev.txt. The ledger is copied first and stays as it is.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests" / "web")]

import desks  # noqa: E402  (the desk and the browser as the tests run them)

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 780}


def pages(ledger: Path) -> Iterator[tuple[str, str]]:
    """(name of the picture, address) of the main pages."""
    from dateline.ledger import Ledger

    with Ledger(ledger) as opened:
        force = max(opened.presence(host="NER", actor="USA"), key=lambda one: len(one.series))
        dispute = max(opened.disputes(), key=lambda one: len(one.claims))
        claim = next(iter(opened.claims(kind="deployment")))
    yield "overview", "/"
    yield "presence", f"/presence/{force.id}"
    yield "dispute", f"/disputes/{dispute.id}"
    yield "report", f"/reports/{claim.document}?claim={claim.id}"
    yield "review", "/review"


def shoot(tab: Page, address: str, file: Path) -> None:
    """One picture, once nothing moves any more."""
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    tab.wait_for_timeout(800)
    tab.screenshot(path=file)


def main() -> int:
    """Run from the command line."""
    from playwright.sync_api import sync_playwright

    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--ledger", type=Path, default=ROOT / "out" / "demo.db")
    options.add_argument("--out", type=Path, default=ROOT / "docs")
    given = options.parse_args()
    if desks.CHROMIUM is None or not given.ledger.exists():
        print("needs Chromium (apt-get install chromium) and a ledger (make demo)", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(given.ledger, Path(folder) / "demo.db"))
        wanted = list(pages(copy))
        served = desks.Served(copy)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=desks.CHROMIUM, args=list(desks.FLAGS))
            tab = desks.signed_in(browser, served, viewport=WIDE, color_scheme="light")
            for name, address in wanted:
                shoot(tab, address, given.out / f"desk-{name}.png")
            phone = desks.signed_in(browser, served, viewport=PHONE, color_scheme="dark")
            shoot(phone, "/presence", given.out / "desk-phone.png")
            browser.close()
        served.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
