"""The list of accounts: who, with which roles, and for each the keys that these roles may hold. A coordinator signs it.

An account has a key pair of its own (X25519); its private half lies in the account's slot. The office's keys are sealed to
the public half and stand in the list, so that a coordinator can give, take away and change them without anybody's password.
The signature is of the office's signing key, whose public half the first act of the journal wrote down: whoever holds the
common key of the file alone can make no list that is taken for the office's.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace

from cbs_desktop.safe import seal, sign
from cbs_desktop.safe.keys import RECOVERY, Keys, Slot
from cbs_desktop.safe.permissions import Role

_KEYS = ("data", "next", "chain", "clinical", "signing")
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One account. `public` and the sealed `grants` (key of the office → sealed) are hexadecimal, `since` a day in ISO form.

    An account of before 0.4 has no key pair yet: then `slot` is the fingerprint of its slot, which holds its keys.
    """

    name: str
    roles: tuple[str, ...]
    since: str
    public: str = ""
    grants: Mapping[str, str] = field(default_factory=dict)
    slot: str = ""

    def role_set(self) -> frozenset[Role]:
        """The roles; one that this version does not know is left out."""
        known = {role.value for role in Role}
        return frozenset(Role(role) for role in self.roles if role in known)

    def belongs_to(self, keys: Keys, slot: Slot) -> bool:
        """Whether what a password opened is this account's own, and nothing that somebody put in its place."""
        if self.public:
            return (
                bool(keys.account) and seal.public_of(keys.account).hex() == self.public
            )
        return bool(self.slot) and self.slot == slot.fingerprint()

    def open(self, keys: Keys) -> Keys:
        """The keys of the office that were sealed to this account."""
        if not self.public:
            return keys
        opened = {}
        for name, sealed in self.grants.items():
            of = f"{name} for {self.name}"
            opened[name] = seal.unseal_key(keys.account, bytes.fromhex(sealed), of)
        empty = dict.fromkeys(("data", "clinical", "signing"), b"")
        return Keys(**{**empty, **opened}, account=keys.account, office=keys.office)

    def given(self, keys: Keys) -> "Entry":
        """The same account with these keys of the office sealed to it: all that its roles may hold."""
        mine = keys if self.name == RECOVERY else keys.for_roles(self.role_set())
        grants = {}
        for name in _KEYS:
            if value := getattr(mine, name):
                grants[name] = self._sealed(name, value)
        return replace(self, grants=grants)

    def with_file_keys(self, data: bytes, following: bytes) -> "Entry":
        """The same with another key of the file, and the one that follows it; what else it holds stays."""
        grants = {k: v for k, v in self.grants.items() if k not in ("data", "next")}
        for name, value in (("data", data), ("next", following)):
            if value:
                grants[name] = self._sealed(name, value)
        return replace(self, grants=grants)

    def _sealed(self, name: str, value: bytes) -> str:
        public = bytes.fromhex(self.public)
        return seal.seal_key(public, value, f"{name} for {self.name}").hex()


@dataclass(frozen=True, slots=True)
class AccountList:
    """All accounts, the recovery code among them. `number` grows with every change; `signature` is hexadecimal."""

    number: int
    entries: tuple[Entry, ...]
    signature: str = ""

    def entry(self, name: str) -> Entry | None:
        """An account by its name."""
        return next((one for one in self.entries if one.name == name), None)

    def signed(self, private: bytes) -> "AccountList":
        """The same under the office's signature. Refused without the signing key."""
        return replace(self, signature=sign.sign(private, self._words()).hex())

    def is_signed_by(self, public: bytes) -> bool:
        """Whether the office's key signed exactly this list."""
        try:
            signature = bytes.fromhex(self.signature)
        except ValueError:
            return False
        return sign.genuine(public, self._words(), signature)

    def followed_by(self, entries: Iterable[Entry]) -> "AccountList":
        """The next list, not signed yet."""
        return AccountList(self.number + 1, tuple(entries))

    def with_entry(self, entry: Entry) -> "AccountList":
        """The next list with one account put in at the end, or replaced where it stands."""
        entries = [entry if one.name == entry.name else one for one in self.entries]
        if entry not in entries:
            entries.append(entry)
        return self.followed_by(entries)

    def without(self, name: str) -> "AccountList":
        """The next list with one account left out."""
        return self.followed_by(one for one in self.entries if one.name != name)

    def _words(self) -> bytes:
        return b"cbs accounts 1\n" + json.dumps(self._plain(), sort_keys=True).encode()

    def _plain(self) -> Json:
        return {"number": self.number, "entries": [asdict(one) for one in self.entries]}

    def as_json(self) -> Json:
        """As the key file and the database keep it."""
        return {**self._plain(), "signature": self.signature}


def from_json(content: object) -> AccountList | None:
    """The list again; None for none. ValueError, KeyError or TypeError where it is none that the program wrote."""
    if not content:
        return None
    if not isinstance(content, dict):
        raise TypeError
    entries = []
    for fields in content["entries"]:
        entries.append(Entry(**{**fields, "roles": tuple(map(str, fields["roles"]))}))
    return AccountList(
        int(content["number"]), tuple(entries), str(content["signature"])
    )
