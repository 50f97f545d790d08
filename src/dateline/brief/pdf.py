"""A brief as PDF, made of its HTML page by a browser of this machine, else by WeasyPrint where that works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dateline.brief.errors import BriefError

BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"),
    *(
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ),
    *(
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
)
"""Chromium and its kin, by name or place, the first that is there is taken."""

_LONGEST = 120
_NEITHER = (
    "a PDF is made by Chromium, Chrome or Edge, which are not found here, or by WeasyPrint: "
    "pip install 'dateline[pdf]' (it needs the Pango library of the system). "
    "Or write the brief as .html and print it"
)


def browser() -> str | None:
    """The browser that would be used; None where none is found."""
    return next((found for one in BROWSERS if (found := shutil.which(one)) is not None), None)


def pdf(html: bytes) -> bytes:
    """The page on paper, with headings that readers find; BriefError where nothing here can make it."""
    chrome = browser()
    if chrome is not None:
        made = _by_browser(chrome, html)
        if made is not None:
            return made
    return _by_weasyprint(html)


def _by_browser(chrome: str, html: bytes) -> bytes | None:
    """None where the browser does not do it; its profile is thrown away, and it reaches no other host."""
    with tempfile.TemporaryDirectory(prefix="dateline-brief-") as folder:
        page, out = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        page.write_bytes(html)
        command = [chrome, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-sync"]
        command += [f"--user-data-dir={folder}/profile", "--host-resolver-rules=MAP * ~NOTFOUND"]
        command += ["--no-pdf-header-footer", "--generate-pdf-document-outline"]
        command += ["--no-sandbox"] if _is_root() else []
        try:
            subprocess.run(
                [*command, f"--print-to-pdf={out}", page.as_uri()],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_LONGEST,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        made = out.read_bytes() if out.is_file() else b""
        return made if made.startswith(b"%PDF-") else None


def _is_root() -> bool:
    """Whether this is the superuser, for whom Chromium does not start its sandbox."""
    return sys.platform != "win32" and os.geteuid() == 0


def _by_weasyprint(html: bytes) -> bytes:
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise BriefError(_NEITHER) from error
    made: bytes = HTML(string=html.decode("utf-8"), base_url=None, url_fetcher=_nothing).write_pdf(pdf_tags=True)
    return made


def _nothing(url: str, *_: object, **__: object) -> dict[str, object]:
    """The page needs nothing from anywhere."""
    raise ValueError(f"nothing is fetched for a brief: {url}")
