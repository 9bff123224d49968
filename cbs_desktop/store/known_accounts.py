"""What the database knows of the accounts, read before anybody is let in: it needs no table but the settings."""

import json

from sqlalchemy import Connection

from cbs_desktop.safe import account_list
from cbs_desktop.safe.account_list import AccountList
from cbs_desktop.safe.accounts import Known


def read(link: Connection) -> Known:
    """The signed list, the public keys that the first act wrote down, the slots that were replaced."""
    replaced = _setting(link, "replaced slots")
    if not isinstance(replaced, list):
        replaced = []
    return Known(
        accounts=_listed(link),
        signing=_public(link, "signing public"),
        clinical=_public(link, "clinical public"),
        replaced=frozenset(map(str, replaced)),
    )


def _listed(link: Connection) -> AccountList | None:
    """A list that is none counts as none: that the row was changed is found by the check."""
    try:
        return account_list.from_json(_setting(link, "accounts"))
    except (ValueError, KeyError, TypeError):
        return None


def _public(link: Connection, key: str) -> bytes:
    try:
        return bytes.fromhex(str(_setting(link, key) or ""))
    except ValueError:
        return b""


def _setting(link: Connection, key: str) -> object:
    """A setting as it stands; None where it was never set."""
    text = link.exec_driver_sql(
        "SELECT value FROM setting WHERE key = ?", (key,)
    ).scalar()
    try:
        return json.loads(text or "null")
    except ValueError:
        return None
