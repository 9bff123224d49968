"""The list that travels by file: an office's signing keys, each signed by its root, and its withdrawn certificates.

JSON with a number and a day, signed by one of its keys or by the root; who holds it can check that office's certificates
without a network. It names no person.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from cbs_desktop.errors import Unreadable
from cbs_desktop.safe.sign import genuine
from cbs_desktop.text import read_day, write_day

KIND = "cbs check list"
FORMAT = 1
BYTES_MOST = 5_000_000
_KEY = b"cbs key statement 1\n"
_LIST = b"cbs check list 1\n"


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key and whose it is; `signature` is the root's over all other fields. Keys are in hexadecimal."""

    office: str
    code: str  # the letters before the office's numbers
    public: str
    since: date
    revoked_on: date | None = None
    signature: str = ""

    def message(self) -> bytes:
        """What the root signs."""
        return _KEY + _spelled({**asdict(self), "signature": ""})

    def signed(self, sign: Callable[[bytes], bytes]) -> "Key":
        """With the signature of a root."""
        return replace(self, signature=sign(self.message()).hex())


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A certificate that does not stand any more; `replaced_by` is the number of the one that does, or empty."""

    number: str
    on: date
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class TrustList:
    """All that is needed to check an office's certificates. `number` grows with every list; a smaller one is older."""

    office: str
    code: str
    root: str
    number: int
    made_on: date
    keys: tuple[Key, ...]
    withdrawn: tuple[Withdrawn, ...]

    def write(self, sign: Callable[[bytes], bytes]) -> str:
        """The file."""
        content = asdict(self)
        signature = sign(_LIST + _spelled(content)).hex()
        whole = {
            "kind": KIND,
            "format": FORMAT,
            "list": content,
            "signature": signature,
        }
        return json.dumps(whole, default=write_day, ensure_ascii=False, indent=1) + "\n"


def read(text: str, name: str) -> TrustList:
    """A list whose signatures all fit each other; whether its root is to be trusted is another question.

    Unreadable, with `name` as the file, when it is no list ("not a check list"), of a later version ("newer list"), or
    was changed ("changed list").
    """
    try:
        whole = json.loads(text)
        if whole["kind"] != KIND:
            raise TypeError("kind")
        if whole["format"] != FORMAT:
            raise Unreadable(file=name, kind="newer list")
        found = _check_list(whole["list"])
        signature = bytes.fromhex(whole["signature"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Unreadable(file=name, kind="not a check list") from problem
    if not _holds(found, signature):
        raise Unreadable(file=name, kind="changed list")
    return found


def load(path: Path) -> str:
    """The text of a list's file. Unreadable when it is missing, too large, or no text."""
    if not path.is_file():
        raise Unreadable(file=path.name, kind="missing")
    if path.stat().st_size > BYTES_MOST:
        raise Unreadable(file=path.name, kind="not a check list")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Unreadable(file=path.name, kind="not a check list") from problem


def parts(path: Path, progress: Callable[[int, int], None]) -> Iterator[object]:
    """In the child: the text of a list that `read` has gone through without a fault."""
    text = load(path)
    read(text, path.name)
    yield text


def _holds(found: TrustList, signature: bytes) -> bool:
    """Every key is signed by the root and of this office; a key that stands, or the root, signed the list."""
    message = _LIST + _spelled(asdict(found))
    try:
        root = bytes.fromhex(found.root)
        of_root = all(
            genuine(root, key.message(), bytes.fromhex(key.signature))
            for key in found.keys
        )
        standing = [
            bytes.fromhex(key.public) for key in found.keys if key.revoked_on is None
        ]
    except ValueError:
        return False
    own = all(
        (key.code, key.office) == (found.code, found.office) for key in found.keys
    )
    return (
        of_root
        and own
        and any(genuine(public, message, signature) for public in (*standing, root))
    )


def _check_list(values: dict[str, Any]) -> TrustList:
    keys = tuple(map(as_key, values["keys"]))
    gone = tuple(
        _made(Withdrawn, {**one, "on": _day(one["on"])}) for one in values["withdrawn"]
    )
    return _made(
        TrustList,
        {**values, "made_on": _day(values["made_on"]), "keys": keys, "withdrawn": gone},
    )


V = TypeVar("V")


def _made(kind: type[V], values: Mapping[str, Any]) -> V:
    made = kind(**values)
    for name, wanted in kind.__annotations__.items():
        if wanted in (str, int) and type(values.get(name, "")) is not wanted:
            raise TypeError(name)
    return made


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    return read_day(text)


def as_key(values: dict[str, Any]) -> Key:
    """A key from JSON values."""
    return _made(
        Key,
        {
            **values,
            "since": _day(values["since"]),
            "revoked_on": _day(values["revoked_on"]),
        },
    )


def as_values(key: Key) -> dict[str, Any]:
    """A key as JSON knows it."""
    return json.loads(_spelled(asdict(key)))


def _spelled(values: dict[str, Any]) -> bytes:
    """One spelling of values: sorted, without blanks, ASCII."""
    return json.dumps(
        values, default=write_day, sort_keys=True, separators=(",", ":")
    ).encode()
