"""Commands about who can sign in. New passwords come from CBS_NEW_PASSWORD, else they are asked for."""

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from cbs_desktop.commands.word import Answer, secret
from cbs_desktop.safe.permissions import Role

if TYPE_CHECKING:
    from cbs_desktop.office import Office

_ROLES = [role.value for role in Role]
OPTIONS = (
    ("--add", {"metavar": "NAME", "help": "a new account; with --role"}),
    ("--roles", {"metavar": "NAME", "help": "other roles for an account; with --role"}),
    ("--new-password", {"metavar": "NAME", "help": "a new password for somebody else"}),
    ("--remove", {"metavar": "NAME", "help": "take an account away, and change the key of the file"}),
    ("--renew-code", {"action": "store_true", "help": "a new recovery code, shown once"}),
    ("--role", {"action": "append", "choices": _ROLES, "default": [], "help": "may be given several times"}),
)  # fmt: skip


def accounts(office: "Office", asked: Namespace) -> Answer:
    """Who can sign in, after what is asked for is done."""
    for word, does in _WAYS.items():
        if name := getattr(asked, word):
            return does(office, name, asked)
    return _list(office)


def _list(office: "Office") -> Answer:
    from cbs_desktop.keeping import accounts as keeping

    found = office.ask(keeping.listed)
    lines = [f"{one.name}: {', '.join(sorted(one.roles))}" for one in found]
    return found, "\n".join(lines)


def _add(office: "Office", name: str, asked: Namespace) -> Answer:
    from cbs_desktop.keeping import accounts as keeping

    roles = frozenset(map(Role, asked.role))
    office.do(keeping.add_account, name, roles, _new_password())
    return _list(office)


def _change_roles(office: "Office", name: str, asked: Namespace) -> Answer:
    from cbs_desktop.keeping import accounts as keeping

    office.do(keeping.change_roles, name, frozenset(map(Role, asked.role)))
    return _list(office)


def _replace(office: "Office", name: str, _asked: Namespace) -> Answer:
    from cbs_desktop.keeping import accounts as keeping

    office.do(keeping.replace_password, name, _new_password())
    return _list(office)


def _remove(office: "Office", name: str, _asked: Namespace) -> Answer:
    from cbs_desktop.keeping import accounts as keeping

    keeping.remove(office, name)
    return _list(office)


def _renew(office: "Office", _yes: bool, _asked: Namespace) -> Answer:
    from cbs_desktop.keeping import accounts as keeping

    code = keeping.new_code()
    office.do(keeping.renew_code, code)
    told = f"Recovery code, shown only now; write it down and lock it away:\n{code}"
    return {"recovery code": code}, told


def _new_password() -> str:
    return secret("CBS_NEW_PASSWORD", "New password: ")


_WAYS: dict[str, Callable[..., Answer]] = {
    "add": _add,
    "roles": _change_roles,
    "new_password": _replace,
    "remove": _remove,
    "renew_code": _renew,
}
