"""What lies beside the database: the office's folder and the keys of the person who is signed in."""

from dataclasses import dataclass, field
from pathlib import Path

from cbs_desktop.safe.keys import Keys


@dataclass(frozen=True, slots=True)
class Vault:
    """Where the office lies, and the keys that were unlocked; the keys are never shown."""

    folder: Path
    keys: Keys = field(repr=False)
