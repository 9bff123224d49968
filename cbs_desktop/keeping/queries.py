"""The journal, asked about."""

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import journal


@query(Permission.READ_JOURNAL)
def code_of_act(reading: Reading, act: int) -> str:
    """An act as reports show it, to compare with a paper. Missing."""
    link = reading.db.exec_driver_sql(
        "SELECT link FROM act WHERE id = ?", (act,)
    ).scalar()
    if link is None:
        raise Missing(what="act", id=act)
    return journal.code(act, link)
