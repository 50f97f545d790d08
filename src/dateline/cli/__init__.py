"""The command `dateline`: verbs are stages, each a thin layer over the library."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command; a closed pipe ends it in silence, as it does other programs."""
    from dateline.cli.app import app

    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
