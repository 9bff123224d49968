"""Where the heads of a table stand: below titles, in one row or two."""

from collections.abc import Sequence

Cells = Sequence[Sequence[object]]  # rows of a sheet, as they stand in the file
WITHIN = 10  # the heads stand in one of the first rows


def find(lines: Cells) -> int | None:
    """The first row with two words that is divided by the next, or more than half as long as the longest: titles above
    the heads are short."""
    longest = max(map(filled, lines), default=0)
    for place, line in enumerate(lines):
        if sum(map(is_word, line)) < 2:
            continue
        below = lines[place + 1] if place + 1 < len(lines) else ()
        if is_second(line, below) or 2 * filled(line) > longest:
            return place
    return None


def filled(line: Sequence[object]) -> int:
    """How many cells of a row say something."""
    return sum(cell not in ("", None) for cell in line)


def is_second(header: Sequence[object], below: Sequence[object]) -> bool:
    """Whether the row below divides heads that are merged over several columns, and says nothing below the others."""
    dividing = 0
    whole = 0  # heads that are not merged with the column after them
    for place, (head, cell) in enumerate(zip(header, below, strict=False)):
        merged = place + 1 < len(header) and not header[place + 1]
        if head and not merged:
            whole += 1
            if cell:
                return False
        elif not head and is_word(cell):
            dividing += 1
    return dividing >= 2 and whole > 0


def joined(header: Sequence[str], below: Sequence[object]) -> tuple[str, ...]:
    """Two rows of heads as one: what stands below, or else above."""
    whole = (*below, *[""] * (len(header) - len(below)))
    both: list[str] = []
    for head, cell in zip(header, whole, strict=False):
        under = str(cell or "").strip()
        if under.startswith("("):  # how to fill it in
            under = f"{head} {under}"
        both.append(under or head)
    return tuple(both)


def is_word(cell: object) -> bool:
    """Whether a cell says something in letters."""
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


def texts(line: Sequence[object]) -> tuple[str, ...]:
    """Heads as text, without the line breaks that make them fit."""
    return tuple(" ".join(str(cell or "").split()) for cell in line)
