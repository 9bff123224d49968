"""Noting the pages that are printed to be read back."""

from collections.abc import Sequence

from sqlalchemy import insert

from cbs_desktop.action import Transaction, action
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.scans import tables as t
from cbs_desktop.scans.rules import RegisterPage
from cbs_desktop.words import many


@action(Permission.PRINT, "Printed registers: {pages}")
def print_registers(
    tx: Transaction,
    pages: Sequence[tuple[str, RegisterPage]],
    languages: Sequence[str],
) -> None:
    """Note what stands on the pages of registers, each with its code, so that they are known when they come back."""
    printed: list[dict[str, object]] = []
    rows: list[dict[str, object]] = []
    sessions: list[dict[str, object]] = []
    for code, page in pages:
        page_id = tx.new_id()
        printed.append(
            {
                "id": page_id,
                "code": code,
                "kind": page.shape.kind,
                "shape": str(page.shape),
                "group_id": page.head.group_id,
                "instrument": "",
                "part": page.part,
                "letters": ",".join(page.head.letters),
                "languages": ",".join(languages),
                "made_on": tx.today,
            }
        )
        for row, person in enumerate(page.people):
            rows.append({"page_id": page_id, "row": row, "person_id": person.person_id})
        for place, column in enumerate(page.columns):
            one = {"page_id": page_id, "column": place}
            sessions.append({**one, "session_id": column.session_id})
    for table, values in (
        (t.PrintedPage, printed),
        (t.PrintedRow, rows),
        (t.PrintedSession, sessions),
    ):
        if values:
            tx.run(insert(table), values)
    tx.say(pages=many("{n} page", "{n} pages", len(pages)))
