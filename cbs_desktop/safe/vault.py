"""What lies beside the database: the office's folder and the keys of the person who is signed in."""

from pathlib import Path

from cbs_desktop.errors import Locked
from cbs_desktop.safe import seal, sign
from cbs_desktop.safe.keys import Keys


class Vault:
    """Where the office lies, and the only place of the keys that were unlocked; the keys are never shown."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder
        self._keys: Keys | None = keys

    @property
    def keys(self) -> Keys:
        """The keys. Locked while they are not in memory."""
        if self._keys is None:
            raise Locked()
        return self._keys

    @property
    def is_locked(self) -> bool:
        """Whether the keys were let go."""
        return self._keys is None

    def hold(self, keys: Keys) -> None:
        """These keys from now on."""
        self.forget()
        self._keys = keys

    def forget(self) -> None:
        """Let go of the keys, and of what was made ready with them."""
        self._keys = None
        seal.forget()
        sign.forget()
