"""The key file: the signed list of accounts and a slot for each. It is kept twice, for a disk that tears one of them.

The second copy is written after the first, with the same content: it never holds an older password for long. Both are
bounded, so that a file that somebody put there cannot stop the program.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cbs_desktop.errors import NoKeys, ReadOnly
from cbs_desktop.safe import account_list, keys
from cbs_desktop.safe.account_list import AccountList
from cbs_desktop.safe.keys import Slot

FILE = "keys.json"
SECOND = "keys.previous.json"
SIZE_MOST = 2_000_000  # bytes
SLOTS_MOST = 500


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a key file says. `accounts` is None in one of before 0.4; `torn` when only the second copy could be read."""

    slots: tuple[Slot, ...]
    accounts: AccountList | None = None
    torn: bool = False

    def slot(self, name: str) -> Slot | None:
        """The slot of an account."""
        return next((slot for slot in self.slots if slot.name == name), None)

    def with_slot(self, slot: Slot) -> "KeyFile":
        """The same with one slot put in or replaced."""
        others = [one for one in self.slots if one.name != slot.name]
        return replace(self, slots=(*others, slot))

    def listing(self, accounts: AccountList) -> "KeyFile":
        """The same with another list; slots of nobody in it go."""
        there = {entry.name for entry in accounts.entries}
        slots = tuple(slot for slot in self.slots if slot.name in there)
        return replace(self, slots=slots, accounts=accounts)

    def people(self) -> list[tuple[str, tuple[str, ...], str]]:
        """Name, roles and first day of each account, the first one first, as the file says, signed or not."""
        if self.accounts is None:
            found = [(slot.name, slot.roles, "") for slot in self.slots]
        else:
            found = [(one.name, one.roles, one.since) for one in self.accounts.entries]
        return [one for one in found if one[0] != keys.RECOVERY]


def read(folder: Path) -> KeyFile:
    """The key file of an office, or its second copy where the first cannot be read. NoKeys."""
    for name in (FILE, SECOND):
        if (found := _read(folder / name)) is not None:
            return replace(found, torn=name == SECOND)
    raise NoKeys(folder=folder)


def _read(file: Path) -> KeyFile | None:
    """None for what is no key file."""
    try:
        if file.stat().st_size > SIZE_MOST:
            return None
        content = json.loads(file.read_text(encoding="utf-8"))
        slots = [_slot(fields) for fields in content["slots"][:SLOTS_MOST]]
        accounts = account_list.from_json(content.get("accounts"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return KeyFile(tuple(slots), accounts) if slots else None


def _slot(fields: account_list.Json) -> Slot:
    slot = Slot(**{**fields, "roles": tuple(fields["roles"])})  # type: ignore[arg-type]
    texts = (slot.name, slot.salt, slot.nonce, slot.box, *slot.roles)
    numbers = (slot.memory, slot.passes, slot.lanes)
    if not all(isinstance(each, str) for each in texts):
        raise TypeError
    if not all(type(each) is int for each in numbers):
        raise TypeError
    return slot


def in_use(folder: Path) -> bytes:
    """The content of the copy that people sign in with. NoKeys."""
    for name in (FILE, SECOND):
        if _read(folder / name) is not None:
            return (folder / name).read_bytes()
    raise NoKeys(folder=folder)


def is_whole(folder: Path) -> bool:
    """Whether the first copy can be read."""
    return _read(folder / FILE) is not None


def write(folder: Path, content: KeyFile) -> None:
    """Put it in place of the old one; a power cut leaves either the old or the new file. ReadOnly."""
    slots = [asdict(slot) for slot in content.slots]
    text: account_list.Json = {"format": 1, "slots": slots}
    if content.accounts is not None:
        text = {"format": 2, "accounts": content.accounts.as_json(), "slots": slots}
    written = json.dumps(text, indent=1).encode()
    try:
        keys.save(folder / FILE, written)
        keys.save(folder / SECOND, written)
    except PermissionError as problem:
        raise ReadOnly(folder=folder) from problem


def mend_second(folder: Path) -> None:
    """Make the second copy what the first is, where a power cut came between the two; older passwords end there."""
    with suppress(OSError):
        first = (folder / FILE).read_bytes()
        second = folder / SECOND
        if _read(folder / FILE) and (
            not second.exists() or second.read_bytes() != first
        ):
            keys.save(second, first)


def shut(folder: Path) -> None:
    """Files of an office are its owner's alone; on Windows the folder decides."""
    if os.name == "nt":
        return
    for pattern in ("office.*", "keys*.json", "laptop.json", "before-upgrade-*.db"):
        for file in folder.glob(pattern):
            with suppress(OSError):
                if file.stat().st_mode & 0o077:
                    file.chmod(0o600)
