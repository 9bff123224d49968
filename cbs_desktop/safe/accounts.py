"""Accounts of an office: signing in, changing a password, recovering with the code, adding and removing people."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from cbs_desktop import clock
from cbs_desktop.errors import (
    NameTaken,
    Refused,
    WaitFirst,
    WeakPassword,
    WrongPassword,
)
from cbs_desktop.safe import keys
from cbs_desktop.safe.keys import RECOVERY, Keys, Slot
from cbs_desktop.safe.permissions import Permission, Role, allowed

LEAST = 8  # characters of a password
_TRIES = "tries.json"
_DUMMY = Slot(
    "",
    (),
    keys.MEMORY_KIB,
    keys.PASSES,
    keys.LANES,
    "AAAAAAAAAAAAAAAAAAAAAA==",
    "AAAAAAAAAAAAAAAA",
    "AAAA",
)


def lies_in(folder: Path) -> bool:
    """Whether an office lies in a folder, whole or not: then nothing may be made or put there."""
    return (folder / keys.FILE).exists() or (folder / "office.db").exists()


def names(folder: Path) -> list[str]:
    """Who can sign in, in order. Reads the key file only."""
    return sorted(slot.name for slot in keys.read(folder) if slot.name != RECOVERY)


def roles(folder: Path) -> dict[str, frozenset[Role]]:
    """The roles of each account."""
    return {
        slot.name: frozenset(map(Role, slot.roles))
        for slot in keys.read(folder)
        if slot.name != RECOVERY
    }


def first(
    folder: Path, name: str, held: Iterable[Role], password: str
) -> tuple[Keys, str]:
    """The key file of a new office. Returns its keys and the recovery code, which is shown once."""
    _strong(password)
    fresh = keys.new_keys()
    code = keys.new_code()
    keys.write(
        folder,
        [
            keys.wrap(fresh, name, held, password),
            keys.wrap(fresh, RECOVERY, (), keys.plain_code(code)),
        ],
    )
    return fresh, code


def unlock(
    folder: Path,
    name: str,
    password: str,
    now: Callable[[], datetime] = clock.now,
) -> tuple[Keys, frozenset[Role]]:
    """The keys and roles of a person. Wrong tries cost a growing wait (1, 2, 4 … 60 s) per account."""
    _wait_over(folder, name, now())
    slot = next(
        (s for s in keys.read(folder) if s.name == name and name != RECOVERY), _DUMMY
    )
    try:
        opened = keys.unwrap(slot, password)
    except WrongPassword:
        raise WrongPassword(wait=_failed(folder, name, now())) from None
    _forget_tries(folder, name)
    return opened, frozenset(map(Role, slot.roles))


def change_password(folder: Path, name: str, old: str, new: str) -> None:
    """Wrap this person's keys anew; the database is not touched."""
    _strong(new)
    opened, held = unlock(folder, name, old)
    _replace(folder, keys.wrap(opened, name, held, new))


def recover(folder: Path, code: str, name: str, new_password: str) -> None:
    """Give an account a new password with the recovery code."""
    _strong(new_password)
    slots = keys.read(folder)
    recovery = next(slot for slot in slots if slot.name == RECOVERY)
    opened = keys.unwrap(recovery, keys.plain_code(code))
    held = next((slot.roles for slot in slots if slot.name == name), None)
    if held is None:
        raise WrongPassword(wait=0)
    _replace(folder, keys.wrap(opened, name, map(Role, held), new_password))
    _forget_tries(folder, name)


def add(
    folder: Path, held_keys: Keys, name: str, held: frozenset[Role], password: str
) -> None:
    """A slot for a new person, made from the keys of the person who adds; nobody can give more than they hold."""
    _strong(password)
    if name in (*names(folder), RECOVERY) or not name.strip():
        raise NameTaken(name=name)
    for permission, key in (
        (Permission.SEE_SCORES, held_keys.clinical),
        (Permission.CERTIFY, held_keys.signing),
    ):
        if permission in allowed(held) and not key:
            raise Refused(permission=permission)
    keys.write(folder, [*keys.read(folder), keys.wrap(held_keys, name, held, password)])


def _replace(folder: Path, slot: Slot) -> None:
    keys.write(folder, [slot if s.name == slot.name else s for s in keys.read(folder)])


def _strong(password: str) -> None:
    if len(password) < LEAST:
        raise WeakPassword(least=LEAST)


def _tries(folder: Path) -> dict[str, list[float]]:
    try:
        return json.loads((folder / _TRIES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _wait_over(folder: Path, name: str, now: datetime) -> None:
    count, last = _tries(folder).get(name, [0, 0])
    if not count:
        return
    until = last + _wait(int(count))
    left = until - now.timestamp()
    if 0 < left <= 60:
        raise WaitFirst(wait=int(left) + 1)


def _wait(count: int) -> int:
    if count < 2:
        return 0
    return min(2 ** (count - 2), 60)


def _failed(folder: Path, name: str, now: datetime) -> int:
    tries = _tries(folder)
    count = int(tries.get(name, [0, 0])[0]) + 1
    tries[name] = [count, now.timestamp()]
    _keep(folder, tries)
    return _wait(count)


def _forget_tries(folder: Path, name: str) -> None:
    tries = _tries(folder)
    if tries.pop(name, None):
        _keep(folder, tries)


def _keep(folder: Path, tries: dict[str, list[float]]) -> None:
    try:
        keys.save(folder / _TRIES, json.dumps(tries).encode())
    except OSError:  # a read-only folder: the password is the wall, the wait a nuisance
        return
