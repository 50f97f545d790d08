"""A PostgreSQL server of the tests' own: made in a folder, started on a free port, gone with them.

`DATELINE_POSTGRES_TESTS=required` makes it a failure that there is none.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

USER, PASSWORD = "dateline", "not-shown-anywhere"
_NUMBERS = itertools.count(1)


def programs() -> Path | None:
    """The folder of the server's programs, of the newest version that is installed."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr/local/pgsql").glob("bin")]
    on_path = shutil.which("initdb")
    found += [] if on_path is None else [Path(on_path).resolve().parent]
    usable = [folder for folder in found if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return max(usable, key=lambda folder: [int(part) for part in folder.parts if part.isdigit()], default=None)


class Server:
    """A running server; `port` stays the same when it is started again."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder = folder
        self._binaries = binaries
        self._owner = self._of_another() if os.geteuid() == 0 else []
        if self._owner:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        secret = folder / "password"
        secret.write_text(PASSWORD + "\n")
        if self._owner:
            os.chown(secret, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", str(folder / "data"), "-U", USER, "-A", "scram-sha-256", f"--pwfile={secret}",
                  "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @staticmethod
    def _of_another() -> list[str]:
        """How root runs a program as the user `postgres`: the server refuses to run as root."""
        return ["runuser", "-u", "postgres", "--"]

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._owner, str(self._binaries / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    def start(self) -> None:
        """Start it, and return when it answers."""
        settings = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-o", settings, "-w", "-t", "60", "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: `fast` ends every connection, `immediate` is a crash of the server."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")

    def kill(self) -> None:
        """Kill the whole server at once, as a power cut would."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        for _ in range(300):
            if not Path(f"/proc/{pid}").exists():
                break
            time.sleep(0.05)

    def url(self, database: str, *, password: str = PASSWORD, user: str = USER) -> str:
        """The address of a database."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def sql(self, database: str, *statements: str) -> list[tuple[object, ...]]:
        """The rows of the last of some statements, each in a transaction of its own."""
        import psycopg

        found: list[tuple[object, ...]] = []
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)  # type: ignore[call-overload]
                found = cursor.fetchall() if cursor.description else []
        return found

    def new(self, *, of: str | None = None) -> str:
        """The address of a new database, empty or a copy of another."""
        name = f"t{os.getpid()}_{next(_NUMBERS)}"
        template = "template1" if of is None else of.rpartition("/")[2]
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)


def started() -> Server:
    """A server; the test is skipped, or fails where servers are required, when its programs are not installed."""
    binaries = programs()
    if binaries is None:
        reason = "PostgreSQL is not installed: what is tested on it is not tested (apt-get install postgresql)"
        if os.environ.get("DATELINE_POSTGRES_TESTS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
    folder.chmod(0o755)
    return Server(folder, binaries)


def removed(server: Server) -> None:
    """Stop a server and remove what it had."""
    if (server.folder / "data" / "postmaster.pid").exists():
        server.stop("immediate")
    shutil.rmtree(server.folder, ignore_errors=True)
