"""From a table of marks (columns group, session, number, mark) to marks. Pure."""

from collections.abc import Mapping, Sequence

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.text import fold

_COLUMNS = ("group", "session", "number", "mark")


def read(
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    first_row: int,
    sessions: Mapping[tuple[str, int], int],
    people: Mapping[str, int],
    letters: Sequence[str],
) -> list[tuple[int, int, str]]:
    """Marks as (session id, person id, value); Invalid names each row that cannot be taken."""
    columns = {fold(str(name or "")): i for i, name in enumerate(header)}
    if missing := [name for name in _COLUMNS if name not in columns]:
        raise Invalid([Fault(name, "no column") for name in missing])
    found = []
    faults = []
    for row, cells in enumerate(rows, first_row):
        group, session, number, mark = (cells[columns[name]] for name in _COLUMNS)
        digits = str(session).removesuffix(".0")
        key = (fold(str(group)), int(digits) if digits.isdigit() else 0)
        session_id = sessions.get(key)
        person_id = people.get(str(number).strip())
        value = str(mark).strip().upper()
        checks = (
            ("session", session_id, session_id),
            ("number", person_id, person_id),
            ("mark", value, value in letters),
        )
        for name, part, fits in checks:
            if not fits:
                faults.append(Fault(name, "not a choice", {"cell": str(part)}, row))
        if session_id and person_id:
            found.append((session_id, person_id, value))
    if faults:
        raise Invalid(faults)
    return found
