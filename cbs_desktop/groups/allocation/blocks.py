"""Who belongs together when some are joined: the blocks of a set of pairs or lists."""

from collections.abc import Iterable, Sequence


def joined(several: Iterable[Sequence[int]]) -> list[tuple[int, ...]]:
    """The blocks that overlapping lists make, each in order, the one with the smallest member first."""
    block: dict[int, int] = {}

    def root(i: int) -> int:
        while block.setdefault(i, i) != i:
            block[i] = block[block[i]]
            i = block[i]
        return i

    for each in several:
        for i in each:
            block[root(i)] = root(each[0])
    found: dict[int, list[int]] = {}
    for i in sorted(block):
        found.setdefault(root(i), []).append(i)
    return [tuple(people) for people in found.values()]
