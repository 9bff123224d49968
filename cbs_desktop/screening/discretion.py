"""An urgent referral tells of a person's health: whoever has nothing to do with it sees "other pathway"."""

from sqlalchemy import ColumnElement, case

from cbs_desktop.action import Account, Reading
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Decision

_MAY_KNOW = (Permission.SEE_SCORES, Permission.DECIDE, Permission.SAFETY)
URGENT = "refer"


def may_know(account: Account) -> bool:
    """Whether an account may know who was referred urgently."""
    return any(account.may(each) for each in _MAY_KNOW)


def pathway(reading: Reading) -> ColumnElement[str]:
    """The pathway of a decision, as this account may know it."""
    decided = Decision.__table__.c.pathway
    if may_know(reading.account):
        return decided
    return case((decided == URGENT, "other"), else_=decided).label("pathway")
