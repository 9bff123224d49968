"""What becomes of each table when a person is erased, as resources/rights/columns.toml declares it."""

from dataclasses import dataclass
from functools import cache

from cbs_desktop import resource


@dataclass(frozen=True, slots=True)
class WhatBecomes:
    """One table; see the head of the file. `of` is empty for one whose rows are found by what they mention, or not at all."""

    name: str
    of: tuple[str, ...]
    removed: bool
    through: str
    cuts_keys: bool
    kept: tuple[str, ...]
    blanked: tuple[str, ...]
    erased: tuple[str, ...]
    changed: tuple[str, ...]
    mentions: tuple[str, ...]

    @property
    def columns(self) -> frozenset[str]:
        """Every column that is declared."""
        parts = (self.kept, self.blanked, self.erased, self.changed, self.mentions)
        return frozenset().union(*parts)

    @property
    def loses_values(self) -> bool:
        """Whether its rows of a person do not stay as they are."""
        return self.removed or bool(self.blanked or self.erased or self.changed)


@cache
def tables() -> tuple[WhatBecomes, ...]:
    """The tables that concern a person, in the order of the file."""
    found: list[WhatBecomes] = []
    for name, kept in _content()["tables"].items():
        lists: dict[str, tuple[str, ...]] = {}
        for key in ("of", "kept", "blanked", "erased", "changed", "mentions"):
            lists[key] = tuple(kept.get(key, ()))
        removed = kept.get("rows") == "removed"
        cuts = kept.get("keys") == "owner"
        through = kept.get("through", "")
        found.append(
            WhatBecomes(
                name=name, removed=removed, cuts_keys=cuts, through=through, **lists
            )
        )
    return tuple(found)


@cache
def others() -> frozenset[str]:
    """The tables that say nothing of a person."""
    return frozenset(_content()["others"]["tables"])


@cache
def _content() -> resource.Content:
    return resource.toml("rights", "columns.toml")
