"""The file of people: who is taken in, what is stored, what ends when."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from dateline.people import ApiTokens, Deed, Deeds, PeopleError, PeopleFile, Register, Role, Sessions

PASSWORD = "a few long words"


class SetClock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class People:
    """A file of people with what reads and writes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = SetClock()
        self.file = PeopleFile(path, create=True)
        self.register = Register(self.file, self.clock)
        self.sessions = Sessions(self.file, self.clock, idle_s=100, whole_s=250)
        self.tokens = ApiTokens(self.file, self.clock)


@pytest.fixture
def people(tmp_path: Path) -> People:
    made = People(tmp_path / "x.db.people")
    made.register.add("Anna", Role.ADMIN, PASSWORD)
    return made


def test_the_file_is_its_owners_alone(people: People) -> None:
    people.sessions.open("anna")
    files = list(people.path.parent.iterdir())
    assert len(files) >= 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(people: People) -> None:
    people.file.close()
    people.path.chmod(0o644)
    PeopleFile(people.path).close()
    assert stat.S_IMODE(people.path.stat().st_mode) == 0o600


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE mine (a)")
    before = path.read_bytes()
    with pytest.raises(PeopleError):
        PeopleFile(path)
    assert path.read_bytes() == before


def test_a_missing_file_is_not_made_in_passing(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="users add"):
        PeopleFile(tmp_path / "none.people")
    assert not (tmp_path / "none.people").exists()


def test_no_secret_is_in_the_file(people: People) -> None:
    secrets = [PASSWORD, people.sessions.open("anna"), people.tokens.make("anna")]
    people.file.close()
    content = b"".join(path.read_bytes() for path in people.path.parent.iterdir())
    assert b"argon2id" in content
    assert [secret for secret in secrets if secret.encode() in content] == []


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\u202eb", "<b>", "a" * 65, "=1+1", "a\0"])
def test_names_that_could_mislead_are_refused(people: People, name: str) -> None:
    with pytest.raises(PeopleError):
        people.register.add(name, Role.READER, PASSWORD)


@pytest.mark.parametrize("name", ["anna", "ANNA", "\uff21nna"])
def test_a_name_is_one_however_it_is_written(people: People, name: str) -> None:
    with pytest.raises(PeopleError, match="already"):
        people.register.add(name, Role.READER, PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaa", "a" * 300, "elevenchars"])
def test_weak_passwords_are_refused(people: People, password: str) -> None:
    with pytest.raises(PeopleError):
        people.register.add("bela", Role.READER, password)


def test_only_the_right_password_of_who_may_come_in(people: People) -> None:
    people.register.add("bela", Role.READER, PASSWORD)
    assert people.register.checked("ANNA", PASSWORD) is not None
    assert people.register.checked("anna", f"{PASSWORD} ") is None
    assert people.register.checked("nobody", PASSWORD) is None
    people.register.set_disabled("bela", True)
    assert people.register.checked("bela", PASSWORD) is None


def test_unknown_names_cost_the_same_work(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher

    checked: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, stored: str, given: str) -> bool:
        checked.append(stored.split("$")[3])
        return bool(verify(self, stored, given))

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    people.register.checked("anna", "wrong password")
    people.register.checked("nobody", "wrong password")
    people.register.checked("nobody", "w" * 1_000_000)
    assert len(checked) == 3 and len(set(checked)) == 1


def test_an_admin_always_remains(people: People) -> None:
    people.register.add("bela", Role.READER, PASSWORD)
    for change in (
        lambda: people.register.set_role("anna", Role.READER),
        lambda: people.register.set_disabled("anna", True),
        lambda: people.register.remove("anna"),
    ):
        with pytest.raises(PeopleError, match="no admin left"):
            change()
    account = people.register.account("anna")
    assert account is not None and account.role is Role.ADMIN and not account.disabled
    people.register.remove("bela")
    people.register.remove("anna")
    assert people.register.accounts() == ()


@pytest.mark.parametrize("moved", [99.0, 100.0])
def test_a_session_ends_when_it_is_idle(people: People, moved: float) -> None:
    secret = people.sessions.open("anna")
    people.clock.now += moved
    assert (people.sessions.find(secret) is not None) is (moved < 100)


def test_a_session_ends_though_it_is_used(people: People) -> None:
    secret = people.sessions.open("anna")
    for _ in range(3):
        people.clock.now += 80
        assert people.sessions.find(secret) is not None
    people.clock.now += 10
    assert people.sessions.find(secret) is None
    people.clock.now -= 90
    assert people.sessions.find(secret) is None


@pytest.mark.parametrize("what", ["role", "password", "disabled", "removed"])
def test_a_change_of_a_person_ends_his_sessions(people: People, what: str) -> None:
    people.register.add("bela", Role.ANALYST, PASSWORD)
    theirs, ours = people.sessions.open("bela"), people.sessions.open("anna")
    change = {
        "role": lambda: people.register.set_role("bela", Role.READER),
        "password": lambda: people.register.set_password("bela", "some other long words"),
        "disabled": lambda: people.register.set_disabled("bela", True),
        "removed": lambda: people.register.remove("bela"),
    }
    change[what]()
    assert people.sessions.find(theirs) is None
    assert people.sessions.find(ours) is not None


def test_a_token_has_the_role_of_now_and_ends_with_its_person(people: People) -> None:
    people.register.add("bela", Role.ANALYST, PASSWORD)
    token = people.tokens.make("bela")
    people.register.set_role("bela", Role.READER)
    found = people.tokens.find(token)
    assert found is not None and found.role is Role.READER
    people.register.set_disabled("bela", True)
    people.register.set_disabled("bela", False)
    assert people.tokens.find(token) is None
    with pytest.raises(PeopleError):
        people.tokens.make("nobody")


def test_revoked_tokens_open_nothing(people: People) -> None:
    token = people.tokens.make("anna")
    assert people.tokens.revoke_all("anna") == 1
    assert people.tokens.find(token) is None


def test_the_log_is_read_in_pages_and_keeps_long_values_short(people: People) -> None:
    deeds = Deeds(people.file, people.clock)
    for number in range(5):
        deeds.write("anna", Deed.WROTE, detail=f"{number} \ud800 " + "x" * 5000)
    first = deeds.lines(limit=2)
    second = deeds.lines(limit=2, before=first[-1].number)
    assert [line.detail[0] for line in (*first, *second)] == ["4", "3", "2", "1"]
    assert len(first[0].detail) == 300
    assert deeds.lines(name="bela") == ()
