"""`dateline serve` and `dateline users` as a user meets them: what they print, refuse, and leave behind."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.people import Deeds, PeopleFile, Register, people_path
from dateline.web import listening as listening_module
from dateline.web.listening import Listening, PortTakenError, listen
from dateline.web.settings import Settings

PASSWORD = "a few long words"
SRC = Path(__file__).resolve().parents[2] / "src"


def run(*words: str, given: str = "") -> Any:
    return CliRunner().invoke(app, words, input=given)


def add(ledger: Path, name: str, role: str) -> Any:
    return run("users", "add", name, "--role", role, "--ledger", str(ledger), given=f"{PASSWORD}\n")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Settings, Listening, str | None]]]:
    """What would have been served: the server returns at once."""
    seen: list[tuple[Settings, Listening, str | None]] = []

    def serve(app: Any, listening: Listening, *, proxy: str | None = None) -> None:
        seen.append((app.state.settings, listening, proxy))

    monkeypatch.setattr(listening_module, "serve", serve)
    kept = signal.getsignal(signal.SIGTERM)
    yield seen
    signal.signal(signal.SIGTERM, kept)


class Process:
    """`dateline serve` as a process, with what it printed."""

    def __init__(self, *words: str) -> None:
        environment = os.environ | {"PYTHONPATH": str(SRC), "PYTHONWARNINGS": "ignore", "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dateline", "serve", *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        watch = threading.Timer(120, self.process.kill)
        watch.daemon = True
        watch.start()
        assert self.process.stdout is not None
        self.first = self.process.stdout.readline()

    def stop(self, by: signal.Signals) -> tuple[int, str, str]:
        """Exit status, and what was printed at last; what came at once with the first line is not in it."""
        self.process.send_signal(by)
        told, errors = self.process.communicate(timeout=60)
        return self.process.returncode, told, errors


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_an_address_that_opens_and_ends_cleanly(own_ledger: Path, by: signal.Signals) -> None:
    desk = Process("--ledger", str(own_ledger), "--port", "0")
    found = re.search(r"http://127\.0\.0\.1:\d+/\?token=([\w-]{40,})", desk.first)
    assert found is not None, desk.first
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    address = found[0].replace("/?", "/claims?")
    with opener.open(address, timeout=30) as answer:
        assert answer.url.endswith("/claims") and b"Claims" in answer.read()
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(address.replace("token=", "token=x"), timeout=30)
    status, told, errors = desk.stop(by)
    assert status == 0 and told.endswith("stopped\n"), errors
    assert found[1] not in errors and "Traceback" not in errors


def test_a_missing_ledger_is_told_in_words(tmp_path: Path) -> None:
    done = run("serve", "--ledger", str(tmp_path / "none.db"))
    assert done.exit_code == 2 and "there is no ledger at" in done.output
    assert list(tmp_path.iterdir()) == []
    assert run("users", "list", "--ledger", str(tmp_path / "none.db")).exit_code == 2


def test_a_port_that_was_asked_for_and_is_taken(own_ledger: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--ledger", str(own_ledger), "--port", str(port))
        assert done.exit_code == 2 and f"port {port} is taken" in done.output and "--port 0" in done.output
        with pytest.raises(PortTakenError):
            listen("127.0.0.1", port)


def test_the_next_free_port_is_taken_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(listening_module, "PORT", taken.getsockname()[1])
        made = listen("127.0.0.1", None)
        assert made.port != taken.getsockname()[1] and made.socket.getsockname()[0] == "127.0.0.1"
        made.socket.close()


def test_answers_leave_at_once() -> None:
    """Nagle's delay is off on what is accepted: else the second packet of an answer waits for the first's receipt."""

    async def without_delay(listening: Listening) -> int:
        seen: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        class Accepted(asyncio.Protocol):
            def connection_made(self, transport: Any) -> None:
                seen.set_result(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
                transport.close()

        server = await asyncio.get_running_loop().create_server(Accepted, sock=listening.socket)
        async with server:
            with socket.create_connection(("127.0.0.1", listening.port)):
                return await asyncio.wait_for(seen, 5)

    with ThreadPoolExecutor(1) as thread:  # a browser's test may have left a loop running in this one
        assert thread.submit(asyncio.run, without_delay(listen("127.0.0.1", 0))).result() == 1


@pytest.mark.parametrize(
    "words", [("--host", "0.0.0.0"), ("--host", "::"), ("--name", "desk.example.org"), ("--behind-proxy", "127.0.0.1")]
)
def test_others_are_let_in_only_with_names(own_ledger: Path, served: list[Any], words: tuple[str, str]) -> None:
    refused = run("serve", "--ledger", str(own_ledger), *words)
    assert refused.exit_code == 2 and "dateline users add" in refused.output and served == []
    add(own_ledger, "anna", "admin")
    done = run("serve", "--ledger", str(own_ledger), "--port", "0", *words)
    assert done.exit_code == 0, done.output
    settings = served[0][0]
    assert settings.people == people_path(own_ledger)
    assert settings.any_number is (words[0] == "--host")
    assert ("token=" in done.output, "sign in" in done.output) == (False, True)
    assert ("unencrypted" in done.output) is (words[0] == "--host")


def test_an_unknown_host_is_told(own_ledger: Path) -> None:
    done = run("serve", "--ledger", str(own_ledger), "--host", "no.such.host.invalid")
    assert done.exit_code == 2 and "no address of this machine" in done.output


def test_forwarding_headers_are_believed_of_the_proxy_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    seen: list[uvicorn.Config] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: seen.append(self.config))
    made = listen("127.0.0.1", 0)
    for proxy in (None, "127.0.0.1"):
        listening_module.serve(None, made, proxy=proxy)  # type: ignore[arg-type]
    made.socket.close()
    assert [config.proxy_headers for config in seen] == [False, True]
    assert seen[1].forwarded_allow_ips == "127.0.0.1"
    assert not any(config.access_log or config.server_header for config in seen)


def test_a_token_is_kept_in_a_file_and_not_printed(own_ledger: Path, tmp_path: Path, served: list[Any]) -> None:
    path = tmp_path / "token"
    words = ("serve", "--ledger", str(own_ledger), "--port", "0", "--token-file", str(path))
    outputs = [run(*words).output for _ in range(2)]
    token = path.read_text().strip()
    assert [settings.token for settings, _, _ in served] == [token] * 2 and len(token) >= 40
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert token not in "".join(outputs)
    path.chmod(0o644)
    assert run(*words).exit_code == 2
    path.chmod(0o600)
    path.write_text("short\n")
    assert run(*words).exit_code == 2


def test_the_browser_is_opened_by_a_private_page(
    own_ledger: Path, served: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, int, str]] = []

    def open_page(address: str) -> bool:
        path = Path(address.removeprefix("file://"))
        opened.append((address, stat.S_IMODE(path.stat().st_mode), path.read_text()))
        return True

    monkeypatch.setattr("webbrowser.open", open_page)
    assert run("serve", "--ledger", str(own_ledger), "--port", "0", "--open").exit_code == 0
    (address, mode, content) = opened[0]
    token = served[0][0].token
    assert mode == 0o600 and token in content and token not in address
    assert not Path(address.removeprefix("file://")).exists()
    run("serve", "--ledger", str(own_ledger), "--port", "0")
    assert len(opened) == 1


def test_settings_do_not_show_their_token() -> None:
    made = Settings()
    assert made.token not in repr(made) and Settings().token != made.token


def test_people_are_kept_beside_the_ledger_never_in_it(own_ledger: Path) -> None:
    before = own_ledger.read_bytes()
    assert add(own_ledger, "bela", "analyst").exit_code == 2
    for name, role in (("anna", "admin"), ("bela", "analyst")):
        assert add(own_ledger, name, role).exit_code == 0
    assert run("users", "role", "bela", "reader", "--ledger", str(own_ledger)).exit_code == 0
    listed = run("users", "list", "--ledger", str(own_ledger)).output
    assert "anna: admin" in listed and "bela: reader" in listed
    assert run("users", "remove", "anna", "--ledger", str(own_ledger)).exit_code == 2
    assert run("users", "remove", "bela", "--ledger", str(own_ledger)).exit_code == 0
    assert stat.S_IMODE(people_path(own_ledger).stat().st_mode) == 0o600
    assert own_ledger.read_bytes() == before


def test_passwords_come_from_standard_input_and_are_not_shown(own_ledger: Path) -> None:
    done = add(own_ledger, "anna", "admin")
    other = run("users", "password", "anna", "--ledger", str(own_ledger), given="some other long words\n")
    short = run("users", "password", "anna", "--ledger", str(own_ledger), given="short\n")
    none = run("users", "password", "anna", "--ledger", str(own_ledger))
    nobody = run("users", "password", "nobody", "--ledger", str(own_ledger), given="some other long words\n")
    assert [one.exit_code for one in (done, other, short, none, nobody)] == [0, 0, 2, 2, 2]
    assert PASSWORD not in done.output and "other long words" not in other.output
    file = PeopleFile(people_path(own_ledger))
    assert Register(file, lambda: 0.0).checked("anna", "some other long words") is not None
    told = " ".join(line.detail for line in Deeds(file, lambda: 0.0).lines())
    file.close()
    assert "added anna as admin" in told and "words" not in told


def test_tokens_are_shown_once_and_ended(own_ledger: Path) -> None:
    add(own_ledger, "anna", "admin")
    token = run("users", "token", "anna", "--ledger", str(own_ledger)).output.strip()
    assert re.fullmatch(r"dateline-[\w-]{40,}", token)
    assert token.encode() not in people_path(own_ledger).read_bytes()
    assert "1 tokens" in run("users", "token", "anna", "--revoke", "--ledger", str(own_ledger)).output
    assert run("users", "token", "nobody", "--ledger", str(own_ledger)).exit_code == 2


def test_with_people_a_token_file_is_refused(own_ledger: Path, tmp_path: Path) -> None:
    add(own_ledger, "anna", "admin")
    done = run("serve", "--ledger", str(own_ledger), "--token-file", str(tmp_path / "token"))
    assert done.exit_code == 2 and "names" in done.output and not (tmp_path / "token").exists()


def test_no_option_takes_a_password() -> None:
    import typer.main

    command: Any = typer.main.get_command(app)
    users = command.commands["users"].commands.values()
    options = {name for one in (*users, command.commands["serve"]) for given in one.params for name in given.opts}
    assert not [name for name in options if "password" in name or name == "--token"]
