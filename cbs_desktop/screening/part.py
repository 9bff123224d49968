"""One part of a file that people write: its values by kind, and a fault named with the part and the key for all else."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cbs_desktop.errors import Fault
from cbs_desktop.screening.instrument import Words
from cbs_desktop.text import text_faults

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TEXT_MOST = 600
_PARTS_MOST = 400
_NAME_MOST = 60  # of a name that is told in a fault


class Part:
    """A table of the file. Asking for a value checks it; `rest` names the keys that nobody asked for."""

    def __init__(
        self,
        content: Mapping[str, object],
        inside: str,
        faults: list[Fault],
        languages: tuple[str, ...],
        name: str = "",
    ) -> None:
        self._content = content
        self._inside = inside
        self._faults = faults
        self._languages = languages
        self._where = f"{inside} {name}".strip()
        self._asked: set[str] = set()

    def fault(self, key: str, kind: str, **facts: object) -> None:
        """Note a fault of this part."""
        self._faults.append(Fault(self._place(key), kind, facts))

    def _place(self, key: str) -> str:
        return " ".join(filter(None, (self._where, key[:_NAME_MOST])))

    def known(self, *keys: str) -> None:
        """Keys that were read elsewhere."""
        self._asked.update(keys)

    def rest(self, *keys: str) -> None:
        """Name the keys that nobody asked for."""
        for key in sorted(map(str, self._content.keys() - self._asked - set(keys))):
            self.fault(key, "unknown key")

    def own(self, key: str) -> int | str | None:
        """The number or name of this part as it stands there; None when there is none."""
        value = self._content.get(key)
        if type(value) is int or (isinstance(value, str) and value.strip()):
            return value
        return None

    def called(self, kind: str, key: str) -> None:
        """Call this part by its own number or name from here on, if it tells one; else it keeps its place in the list."""
        if (name := self.own(key)) is not None:
            self._where = f"{self._inside} {kind} {str(name)[:_NAME_MOST]}".strip()

    def _get(self, key: str, default: Any = None) -> Any:
        self._asked.add(key)
        return self._content.get(key, default)

    def _typed(self, key: str, kind: type, default: Any, told: str) -> Any:
        value = self._get(key)
        if value is None:
            if default is None:
                self.fault(key, "needed")
            return default
        if type(value) is not kind:
            self.fault(key, told)
            return default
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text in one language."""
        value = self._typed(key, str, default, "not a text") or ""
        if (
            default is None
            and self.own(key) is None
            and type(self._content.get(key)) is str
        ):
            self.fault(key, "needed")  # nothing but blanks
        self._look_through(key, value)
        return value

    def _look_through(self, key: str, text: str) -> None:
        for fault in text_faults(key, text, most=_TEXT_MOST):
            self.fault(fault.field, fault.kind, **fault.facts)

    def code(self, key: str) -> str:
        """A short name of small letters, digits and dashes."""
        value = self._typed(key, str, None, "not a text")
        if value is not None and not _CODE.fullmatch(value):
            self.fault(key, "not a short name")
        return value or ""

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number within limits."""
        value = self._typed(key, int, default, "not a number")
        if value is not None and not low <= value <= high:
            self.fault(key, "outside", low=low, high=high)
        if value is not None:
            return value
        return low

    def decimal(self, key: str, needed: bool = True) -> Decimal | None:
        """A number, exactly as it is written."""
        value = self._get(key)
        if value is None:
            if needed:
                self.fault(key, "needed")
            return None
        return self.as_decimal(key, value)

    def as_decimal(self, key: str, value: Any) -> Decimal | None:
        """A number as written, or a fault."""
        if (
            type(value) not in (int, float) or abs(value) > 1e6
        ):  # nan compares as neither
            self.fault(key, "not a number")
            return None
        exact = Decimal(str(value))
        if not exact.is_finite():
            self.fault(key, "not a number")
            return None
        return exact

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        return self._typed(key, bool, default, "not yes or no")

    def choice(
        self, key: str, choices: Sequence[str], default: str | None = None
    ) -> str:
        """One of some words."""
        value = self._typed(key, str, default, "not a text")
        if value is not None and value not in choices:
            self.fault(key, "not one of", choices=", ".join(filter(None, choices)))
        if value is None or value not in choices:
            return choices[0]
        return value

    def numbers(self, key: str, default: Sequence[int] | None = None) -> list[int]:
        """A list of whole numbers."""
        value = self._typed(key, list, default, "not numbers")
        if value is None or not all(type(one) is int for one in value):
            if value is not None:
                self.fault(key, "not numbers")
            return []
        return list(value)

    def words(self, key: str, needed: bool = True) -> Words:
        """A text in every language of the file."""
        value = self._get(key)
        if value is None:
            if needed:
                self.fault(key, "needed")
            return {}
        return self.as_words(key, value)

    def as_words(self, key: str, value: object) -> Words:
        """A text in every language, or a fault."""
        if isinstance(value, str) and len(self._languages) == 1:
            value = {self._languages[0]: value}
        if not isinstance(value, Mapping):
            kind = "language missing" if isinstance(value, str) else "not a text"
            self.fault(key, kind, languages=", ".join(self._languages))
            return {}
        missing = [
            one
            for one in self._languages
            if not isinstance(value.get(one), str) or not value[one].strip()
        ]
        if missing:
            self.fault(key, "language missing", languages=", ".join(missing))
        for other in sorted(map(str, value.keys() - set(self._languages))):
            self.fault(f"{key}.{other}", "unknown key")
        texts = {one: value[one] for one in self._languages if one not in missing}
        for text in texts.values():
            self._look_through(key, text)
        return texts

    def table(self, key: str) -> Mapping[str, object]:
        """A table of named values."""
        value = self._typed(key, dict, None, "not a table")
        if value == {}:
            self.fault(key, "needed")
        return value or {}

    def inner(self, key: str) -> "Part | None":
        """A table inside this one, or None."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.fault(key, "not a table")
            return None
        return Part(value, self._where, self._faults, self._languages, key)

    def parts(self, key: str, needed: bool = True) -> "list[Part]":
        """A list of tables, each called by its place until it tells its own name."""
        value = self._get(key, None if needed else [])
        if value is None or (needed and value == []):
            self.fault(key, "needed")
            return []
        if not isinstance(value, list) or not all(
            isinstance(one, Mapping) for one in value
        ):
            self.fault(key, "not a table")
            return []
        if len(value) > _PARTS_MOST:
            self.fault(key, "too many", most=_PARTS_MOST)
            return []
        inside = (self._where, self._faults, self._languages)
        return [
            Part(one, *inside, f"{key} {place}") for place, one in enumerate(value, 1)
        ]

    def rows(self, key: str, width: int) -> list[list[object]]:
        """A list of lists of the same length."""
        value = self._typed(key, list, None, "not a table")
        if value == []:
            self.fault(key, "needed")
        value = value or []
        well = [row for row in value if isinstance(row, list) and len(row) == width]
        if len(well) < len(value):
            self.fault(key, "not a table")
        return well

    def unique(self, key: str, values: Iterable[object]) -> None:
        """Name what stands twice; what is missing was named already."""
        seen: set[Any] = set()
        for value in values:
            if value is not None and value in seen:
                self.fault(key, "stands twice", value=value)
            seen.add(value)
