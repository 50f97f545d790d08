"""The command `dateline`: verbs are stages, each a thin layer over the library."""

from __future__ import annotations

import errno
import os
import sys


def main() -> None:
    """Run the command; a closed pipe ends it in silence, as it does other programs."""
    from dateline.cli.app import app
    from dateline.lexicon.intact import DamagedDataError

    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except DamagedDataError as error:
        print(f"dateline: {error}", file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print("dateline: the output could not be written: no space left on device", file=sys.stderr)
        sys.exit(2)
