"""Who belongs together when some are joined: the blocks of a set of pairs or lists."""

from collections.abc import Iterable, Sequence


def joined(lists: Iterable[Sequence[int]]) -> list[tuple[int, ...]]:
    """The blocks that overlapping lists make, each in order, the one with the smallest
    member first."""
    parent: dict[int, int] = {}
    for members in lists:
        for member in members:
            root = _root(parent, member)
            parent[root] = _root(parent, members[0])
    blocks: dict[int, list[int]] = {}
    for member in sorted(parent):
        blocks.setdefault(_root(parent, member), []).append(member)
    return list(map(tuple, blocks.values()))


def _root(parent: dict[int, int], member: int) -> int:
    """The member that stands for the block, the way to it shortened for the next time."""
    while parent.setdefault(member, member) != member:
        above = parent[member]
        parent[member] = parent[above]
        member = parent[member]
    return member
