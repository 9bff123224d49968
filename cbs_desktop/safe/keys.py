"""The key file: one slot per account, each holding the same random keys wrapped under that person's password.

A slot is ChaCha20-Poly1305 over the keys, under Argon2id of the password, with all other fields of the slot as associated
data (so a changed role, name or parameter is refused). Parameters: RFC 9106 and the OWASP floor; 64 MiB, t=3, p=1.
"""

import json
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cbs_desktop.errors import NoKeys, ReadOnly, WrongCode, WrongPassword
from cbs_desktop.safe.permissions import Permission, Role, allowed

FILE = "keys.json"
PREVIOUS = "keys.previous.json"
RECOVERY = "recovery"
MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 1
_BOUNDS = {"memory": (46 * 1024, 1024 * 1024), "passes": (3, 16), "lanes": (1, 8)}
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: nothing that looks like something else
CODE_LENGTH = 26  # 130 bits


@dataclass(frozen=True, slots=True)
class Keys:
    """What a slot opens: 32-byte keys. `clinical` and `signing` are empty where the role does not need them."""

    data: bytes
    clinical: bytes
    signing: bytes

    def for_roles(self, roles: frozenset[Role]) -> "Keys":
        """Only what these roles may hold: a clerk's slot cannot open scores by mathematics, not by politeness."""
        may = allowed(roles)
        return Keys(
            self.data,
            self.clinical if Permission.SEE_SCORES in may else b"",
            self.signing if Permission.CERTIFY in may else b"",
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to open the office. `salt`, `nonce` and `box` are base64."""

    name: str
    roles: tuple[str, ...]
    memory: int
    passes: int
    lanes: int
    salt: str
    nonce: str
    box: str = ""

    def sealed_fields(self) -> bytes:
        """The associated data: every field but the box, in one fixed spelling."""
        return json.dumps(
            asdict(replace(self, box="")), sort_keys=True, ensure_ascii=True
        ).encode()


def new_keys() -> Keys:
    """Fresh random keys for a new office."""
    return Keys(os.urandom(32), os.urandom(32), os.urandom(32))


def new_code() -> str:
    """A recovery code of 130 random bits in groups, to be written down once."""
    import secrets

    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(letters[i : i + 5] for i in range(0, CODE_LENGTH, 5))


def plain_code(code: str) -> str:
    """A typed recovery code as it was made: case, spaces and look-alike letters do not matter."""
    letters = code.upper().translate(str.maketrans("OIL", "011"))
    return "".join(letter for letter in letters if letter in CODE_LETTERS)


def _wrapping_key(secret: str, slot: Slot) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    for name, (least, most) in _BOUNDS.items():
        if not least <= getattr(slot, name) <= most:
            raise NoKeys(kind="parameters")
    argon = Argon2id(
        salt=b64decode(slot.salt),
        length=32,
        iterations=slot.passes,
        lanes=slot.lanes,
        memory_cost=slot.memory,
    )
    return argon.derive(unicodedata.normalize("NFKC", secret).encode())


def wrap(keys: Keys, name: str, roles: Iterable[Role], secret: str) -> Slot:
    """A slot that opens with `secret` what these roles may hold."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    held = frozenset(roles)
    nonce = os.urandom(12)
    salt = b64encode(os.urandom(16)).decode()
    slot = Slot(
        name,
        tuple(sorted(held)),
        MEMORY_KIB,
        PASSES,
        LANES,
        salt,
        b64encode(nonce).decode(),
    )
    mine = keys if name == RECOVERY else keys.for_roles(held)
    content = json.dumps({k: v.hex() for k, v in asdict(mine).items()}).encode()
    box = ChaCha20Poly1305(_wrapping_key(secret, slot)).encrypt(
        nonce, content, slot.sealed_fields()
    )
    return replace(slot, box=b64encode(box).decode())


def unwrap(slot: Slot, secret: str) -> Keys:
    """The keys of a slot. WrongPassword when the secret, or any field of the slot, is not the one it was made with."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        cipher = ChaCha20Poly1305(_wrapping_key(secret, slot))
        content = cipher.decrypt(
            b64decode(slot.nonce), b64decode(slot.box), slot.sealed_fields()
        )
    except (InvalidTag, ValueError) as wrong:
        raise (
            WrongCode() if slot.name == RECOVERY else WrongPassword(wait=0)
        ) from wrong
    return Keys(**{k: bytes.fromhex(v) for k, v in json.loads(content).items()})


def _slot(fields: dict[str, Any]) -> Slot:
    return Slot(**{**fields, "roles": tuple(fields["roles"])})


def read(folder: Path) -> list[Slot]:
    """The slots of an office, or of its previous key file when the newest was torn."""
    for name in (FILE, PREVIOUS):
        try:
            content = json.loads((folder / name).read_text(encoding="utf-8"))
            return [_slot(fields) for fields in content["slots"]]
        except (OSError, ValueError, KeyError, TypeError):
            continue
    raise NoKeys(folder=folder)


def is_whole(file: Path) -> bool:
    """Whether a key file can be read."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return bool([_slot(fields) for fields in content["slots"]])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write(folder: Path, slots: list[Slot]) -> None:
    """Put the slots in place of the old ones; a power cut leaves either the old or the new file."""
    content = {"format": 1, "slots": [asdict(slot) for slot in slots]}
    try:
        save(
            folder / FILE,
            json.dumps(content, indent=1).encode(),
            keep=folder / PREVIOUS,
        )
    except PermissionError as problem:
        raise ReadOnly(folder=folder) from problem


def save(path: Path, content: bytes, keep: Path | None = None) -> None:
    """Write a small file whole or not at all."""
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if keep and path.exists():
        os.replace(path, keep)
    os.replace(new, path)
