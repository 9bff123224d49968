"""Slots: what a password opens. One per account, holding that account's own private key (`account_list.py` says for what).

A slot is ChaCha20-Poly1305 under Argon2id of the password, with all other fields of the slot as associated data (so a
changed name or parameter is refused). Parameters: RFC 9106 and the OWASP floor; 64 MiB, t=3, p=1. Slots of versions before
0.4 hold the office's keys themselves, and their roles.
"""

import hashlib
import json
import os
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.errors import NoKeys, WrongCode, WrongPassword
from cbs_desktop.safe.permissions import Permission, Role, allowed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

RECOVERY = "recovery"
MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 1
_BOUNDS = {"memory": (46 * 1024, 1024 * 1024), "passes": (3, 16), "lanes": (1, 8)}
WORK_MOST = (
    2 * 1024 * 1024
)  # KiB times passes of one slot: ten times ours, some seconds on a slow laptop
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: nothing that looks like something else
CODE_LENGTH = 26  # 130 bits


@dataclass(frozen=True, slots=True)
class Keys:
    """What an account may open: 32-byte keys, none of them ever shown. `clinical` and `signing` are empty where the role
    does not need them.

    `chain` is of the journal and stays when `data`, the key of the file, is changed; `next` is the one that follows
    while that is under way. `account` is the account's own private key, `office` the public half of `signing`; both are
    empty in slots of versions before 0.4.
    """

    data: bytes = field(repr=False)
    clinical: bytes = field(repr=False)
    signing: bytes = field(repr=False)
    chain: bytes = field(default=b"", repr=False)
    next: bytes = field(default=b"", repr=False)
    account: bytes = field(default=b"", repr=False)
    office: bytes = field(default=b"", repr=False)

    def for_roles(self, roles: frozenset[Role]) -> "Keys":
        """Only what these roles may hold: a clerk's slot cannot open scores by mathematics, not by politeness."""
        may = allowed(roles)
        return replace(
            self,
            clinical=self.clinical if Permission.SEE_SCORES in may else b"",
            signing=self.signing if Permission.CERTIFY in may else b"",
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

    def fingerprint(self) -> str:
        """Sixteen hexadecimal letters that only this slot has: another password, another fingerprint."""
        content = self.sealed_fields() + self.box.encode()
        return hashlib.sha256(b"cbs slot" + content).hexdigest()[:16]


def new_keys() -> Keys:
    """Fresh random keys for a new office."""
    from cbs_desktop.safe import sign

    data = os.urandom(32)
    signing = os.urandom(32)
    return Keys(
        data, os.urandom(32), signing, chain=data, office=sign.public_of(signing)
    )


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
    if slot.memory * slot.passes > WORK_MOST:
        raise NoKeys(kind="parameters")
    argon = Argon2id(
        salt=b64decode(slot.salt),
        length=32,
        iterations=slot.passes,
        lanes=slot.lanes,
        memory_cost=slot.memory,
    )
    return argon.derive(unicodedata.normalize("NFKC", secret).encode())


def wrap(account: bytes, office: bytes, name: str, secret: str) -> Slot:
    """A slot that opens with `secret` an account's private key; beside it the office's public key, to know the list by."""
    nonce = os.urandom(12)
    salt = os.urandom(16)
    slot = Slot(
        name=name,
        roles=(),
        memory=MEMORY_KIB,
        passes=PASSES,
        lanes=LANES,
        salt=b64encode(salt).decode(),
        nonce=b64encode(nonce).decode(),
    )
    content = json.dumps({"account": account.hex(), "office": office.hex()}).encode()
    box = _cipher(secret, slot).encrypt(nonce, content, slot.sealed_fields())
    return replace(slot, box=b64encode(box).decode())


def unwrap(slot: Slot, secret: str) -> Keys:
    """What lies in a slot: `account` and `office`, in one of before 0.4 the office's keys. WrongPassword when the secret,
    or any field of the slot, is not the one it was made with."""
    from cryptography.exceptions import InvalidTag

    try:
        content = _cipher(secret, slot).decrypt(
            b64decode(slot.nonce), b64decode(slot.box), slot.sealed_fields()
        )
    except (InvalidTag, ValueError) as wrong:
        raise (
            WrongCode() if slot.name == RECOVERY else WrongPassword(wait=0)
        ) from wrong
    held = {key: bytes.fromhex(text) for key, text in json.loads(content).items()}
    if "data" in held:
        return Keys(**held, chain=held["data"])
    return Keys(b"", b"", b"", **held)


def _cipher(secret: str, slot: Slot) -> "ChaCha20Poly1305":
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(_wrapping_key(secret, slot))


def save(path: Path, content: bytes) -> None:
    """Write a small file whole or not at all; nobody else on the laptop may read it (on Windows its folder decides)."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, _NEW, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
