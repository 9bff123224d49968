"""From nothing to an office that can work: country, districts, programme, first account; and from a backup back to one."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cbs_desktop import clock, resource, settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, NameTaken, NoOffice, OfficeExists
from cbs_desktop.office import Office
from cbs_desktop.places import actions as places
from cbs_desktop.places import queries
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.safe import account_names, accounts, passwords
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import safety
from cbs_desktop.text import clean, fold, text_faults

PROGRAMME = "sociotherapy"
_FILES = (
    "office.db",
    "office.db-wal",
    "office.db-shm",
    "keys.json",
    "keys.previous.json",
    "tries.json",
    "office.salt",
    "office.lock",
    "office.head",
    "laptop.json",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A new office: its name, the code before every number (made from the first district when empty), country (RW, BI),
    the names of its districts, and the name of the first account."""

    name: str
    code: str
    country: str
    districts: tuple[str, ...]
    account: str
    practice: bool = False


def account_faults(name: str) -> list[Fault]:
    """What is wrong with the name of the first account."""
    if not name:
        return [Fault("account", "needed")]
    try:
        account_names.checked(name, [])
    except Invalid as problem:
        return [replace(fault, field="account") for fault in problem.faults]
    except NameTaken:
        return [Fault("account", "taken")]
    return []


def plan_faults(plan: Plan) -> list[Fault]:
    """What is wrong with the plan of an office."""
    found = account_faults(clean(plan.account))
    found += text_faults("name", clean(plan.name))
    if plan.code and not (
        plan.code.isascii() and plan.code.isalpha() and 2 <= len(plan.code) <= 4
    ):
        found.append(Fault("code", "not a code"))
    if not plan.districts:
        found.append(Fault("districts", "needed"))
    return found


def faults(plan: Plan, password: str) -> list[Fault]:
    """What is wrong with the plan of an office and the password of its first account."""
    found = plan_faults(plan)
    match passwords.strength(password, plan.account, plan.name):
        case passwords.Strength.SHORT:
            found.append(Fault("password", "too short", {"least": passwords.LEAST}))
        case passwords.Strength.COMMON:
            found.append(Fault("password", "common password"))
        case _:
            pass
    return found


@action(Permission.SET_UP, "Set up the office")
def set_up(tx: Transaction, plan: Plan) -> None:
    """Enter country, districts, name, code and the programme that ships with the office."""
    places.take_up_country(tx, plan.country)
    places.cover(tx, _districts(tx, plan.districts))
    first = plan.districts[0]
    settings.write(tx, "office", clean(plan.name) or first)
    settings.write(tx, "code", (plan.code or fold(first)[:2]).upper())
    settings.write(tx, "practice", plan.practice)
    programmes.take_up(tx, PROGRAMME)
    if plan.country in resource.names("referrals", ".toml"):
        safety.take_country_list(tx)


def _districts(tx: Transaction, names: Sequence[str]) -> list[int]:
    """The ids of districts by their names. Invalid when there is no such district."""
    known = {fold(district.name): district.id for district in queries.districts(tx)}
    unknown = [name for name in names if fold(name) not in known]
    if unknown:
        raise Invalid([Fault("districts", "no such place", {"cell": unknown[0]})])
    return [known[fold(name)] for name in names]


@contextmanager
def all_or_nothing(folder: Path) -> Iterator[None]:
    """Whatever goes wrong while an office is made in a folder, no half office is left there. Close it before."""
    there = folder.exists()
    try:
        yield
    except BaseException:
        if there:
            for name in _FILES:
                (folder / name).unlink(missing_ok=True)
        else:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def found(
    folder: Path, plan: Plan, password: str, now: clock.Clock = clock.now
) -> tuple[Office, str]:
    """A new office, opened, and its recovery code. Whatever goes wrong, no half office is left behind."""
    if wrong := faults(plan, password):
        raise Invalid(wrong)
    if accounts.lies_in(folder):
        raise OfficeExists(folder=folder)
    with all_or_nothing(folder):
        office, code = Office.create(folder, clean(plan.account), password, now=now)
        try:
            office.do(set_up, plan)
        except BaseException:
            office.close(tidy=False)
            raise
    return office, code


def restore(
    backup: Path, folder: Path, account: str, password: str
) -> dict[str, object]:
    """Put a backup folder (or the database file in it) into a folder without an office, and check it there.

    Gives the facts of the check. WrongPassword, NoOffice, OfficeExists, DamagedFile: then the folder is as it was.
    """
    from cbs_desktop.keeping import restoring

    kept = backup.parent if backup.is_file() else backup
    if accounts.lies_in(folder):
        raise OfficeExists(folder=folder)
    if not accounts.lies_in(kept):
        raise NoOffice(folder=kept)
    name = account or next(iter(accounts.roles(kept)), "")
    return restoring.restore(kept, folder, name, password).as_json()
