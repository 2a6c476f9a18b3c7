"""Users' keys: in the keyring or the environment, and nowhere else."""

from __future__ import annotations

import io
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked, PasswordDeleteError

from embedding.cli import main
from embedding.errors import InputError
from embedding.sources.keys import find_key, forget_key, has_keyring, keep_key, variable


class Ring(KeyringBackend):
    """A keyring in memory; `locked`, it raises as others do."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, locked: bool = False) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise RuntimeError(password)
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError
        del self.held[service, username]


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    monkeypatch.delenv("LASTFM_API_KEY", raising=False)
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_what_is_kept_is_found_until_it_is_forgotten(ring: Ring) -> None:
    assert find_key("lastfm") is None
    keep_key("lastfm", " 0123abc\n")
    assert find_key("lastfm") == "0123abc"
    assert list(ring.held.values()) == ["0123abc"]
    forget_key("lastfm")
    forget_key("lastfm")
    assert find_key("lastfm") is None


def test_the_environment_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_key("lastfm", "one")
    monkeypatch.setenv(variable("lastfm"), "other")
    assert find_key("lastfm") == "other"
    monkeypatch.setenv(variable("lastfm"), " ")
    assert find_key("lastfm") == "one"


@pytest.mark.parametrize("bad", [fail.Keyring(), Ring(locked=True)])
def test_a_keyring_that_is_none_or_locked_is_no_error(bad: KeyringBackend) -> None:
    keyring.set_keyring(bad)
    assert has_keyring() == isinstance(bad, Ring)
    assert find_key("lastfm") is None
    forget_key("lastfm")
    with pytest.raises(InputError, match="LASTFM_API_KEY") as error:
        keep_key("lastfm", "0123abc")
    assert "0123abc" not in repr(error.value)
    assert error.value.__suppress_context__ or error.value.__context__ is None


@pytest.mark.parametrize("key", ["", " ", "a b", "ü", "a" * 201, "a\0b"])
def test_what_is_no_key_is_not_kept(key: str, ring: Ring) -> None:
    with pytest.raises(InputError, match="no key"):
        keep_key("lastfm", key)
    assert not ring.held


def test_the_command_takes_a_key_from_a_pipe_and_does_not_show_it(
    ring: Ring, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("0123abc\n"))
    assert main(["key", "lastfm"]) == 0
    assert list(ring.held.values()) == ["0123abc"]
    assert main(["key", "lastfm", "--forget"]) == 0
    assert not ring.held
    assert main(["key", "deezer"]) == 2
    out, err = capsys.readouterr()
    assert "0123abc" not in out + err
    assert "choose lastfm" in err
