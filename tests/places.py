"""Where ledgers of tests are that run on both databases."""

from __future__ import annotations

import shutil

import pytest

from servers import Server


class Places:
    """Places for ledgers in one kind of database."""

    def __init__(self, folders: pytest.TempPathFactory, server: Server | None) -> None:
        self._folders = folders
        self._server = server

    def new(self) -> str:
        """Where a new ledger can be."""
        return str(self._folders.mktemp("ledger") / "a.db") if self._server is None else self._server.new()

    def copy(self, place: str) -> str:
        """Where a copy of a ledger is that nobody has open."""
        if self._server is None:
            return str(shutil.copy(place, self.new()))
        return self._server.new(of=place)
