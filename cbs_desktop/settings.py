"""The settings of the office, each declared once, and the number series."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from cbs_desktop.action import Reading, Transaction, action, query
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.schema import Series, Setting


@dataclass(frozen=True, slots=True)
class Declared:
    """A setting: its type, its value until somebody sets it, and whether `set_value` may change it."""

    kind: type
    default: object
    open: bool = True
    least: int = 0
    most: int = 1_000_000


DECLARED: dict[str, Declared] = {
    "office": Declared(str, ""),
    "country": Declared(str, "RW", open=False),
    "code": Declared(str, "", open=False),  # the prefix of all numbers
    "practice": Declared(bool, False, open=False),
    "clinical public": Declared(str, "", open=False),
    "signing public": Declared(str, "", open=False),
    "root public": Declared(
        str, "", open=False
    ),  # of the root key on paper, in hexadecimal
    "key statement": Declared(
        dict, {}, open=False
    ),  # what the root signed about the signing key
    "logo": Declared(
        str, "", open=False
    ),  # of version 0.2; read until the office chooses a look
    "certificate languages": Declared(str, "", open=False),  # likewise
    "certificate looks": Declared(
        dict, {}, open=False
    ),  # for whom → certificates.looks.Look, without its logos
    "certificate logos": Declared(
        dict, {}, open=False
    ),  # for whom → pictures in base64
    "instruments off": Declared(
        list, [], open=False
    ),  # keys of questionnaires that the office does not use
    "second entry every": Declared(
        int, 0
    ),  # every so many sheets are typed again by a second person; 0 none
    "match weights": Declared(
        dict, {}, open=False
    ),  # how far agreement speaks for one person, learnt from the office
    "import columns": Declared(
        dict, {}, open=False
    ),  # kind of sheet → field → column, as a person chose them
    "list columns": Declared(
        dict, {}, open=False
    ),  # account → the list that it chose last: columns, grouping, depth of the place
    "last backup": Declared(str, "", open=False),
    "restored from": Declared(list, [], open=False),  # copies, the latest last
    "accepted ends": Declared(
        list, [], open=False
    ),  # of journals that went further, or otherwise, than this one
    "account changes": Declared(int, 0, open=False),  # how many there were so far
    "accounts": Declared(
        dict, {}, open=False
    ),  # the signed list of accounts, as the key file has it
    "slots": Declared(
        dict, {}, open=False
    ),  # account → fingerprint of its slot, when the office was last opened
    "replaced slots": Declared(
        list, [], open=False
    ),  # fingerprints of slots whose password was replaced
    "code proved": Declared(
        bool, False, open=False
    ),  # whether the recovery code was typed back from paper
    "sign-ins": Declared(int, 0, open=False),  # how many there were so far
    "processing entries": Declared(
        dict, {}, open=False
    ),  # what the office adds to the register of processing
    "keep periods": Declared(
        dict, {}, open=False
    ),  # class of data (rights.rules.CLASSES) → months, where the office chose them
    "lock after": Declared(int, 5, least=1, most=15),  # minutes without a key
}
SettingValues = dict[str, Any]  # each of the type that DECLARED says
_LONGEST = 200


def read(reading: Reading, key: str) -> Any:
    """The value of a setting."""
    text = reading.value(select(Setting.value).where(Setting.key == key))
    if text is None:
        return DECLARED[key].default
    return json.loads(text)


def write(tx: Transaction, key: str, value: object) -> None:
    """Set a setting; other rooms' actions use it for the settings they own."""
    statement = insert(Setting).values(key=key, value=json.dumps(value))
    tx.run(
        statement.on_conflict_do_update(
            index_elements=["key"], set_={"value": statement.excluded.value}
        )
    )


@action(Permission.SET_UP, "Changed a setting: {setting}")
def set_value(tx: Transaction, key: str, value: object) -> None:
    """Change one of the open settings; Invalid for an unknown one or another type."""
    declared = DECLARED.get(key)
    if declared is None or not declared.open or not isinstance(value, declared.kind):
        raise Invalid([Fault(key, "not a choice")])
    if faults := _faults(key, value, declared):
        raise Invalid(faults)
    write(tx, key, value)
    tx.say(setting=key)


def _faults(key: str, value: object, declared: Declared) -> list[Fault]:
    """What is wrong with a value of the right type."""
    if isinstance(value, int):
        facts: dict[str, object] = {"least": declared.least, "most": declared.most}
        if not declared.least <= value <= declared.most:
            return [Fault(key, "out of range", facts)]
    if isinstance(value, str) and len(value) > _LONGEST:
        return [Fault(key, "too long", {"most": _LONGEST})]
    return []


@query(Permission.LOOK)
def all_values(reading: Reading) -> SettingValues:
    """Every setting with its value."""
    return {key: read(reading, key) for key in DECLARED}


def take_numbers(tx: Transaction, series: str, count: int, above: int = 0) -> range:
    """The next `count` numbers of a series, all greater than `above`. A number once given is never given again, undone
    or not."""
    last = max(above, tx.value(select(Series.last).where(Series.key == series)) or 0)
    statement = insert(Series).values(key=series, last=last + count)
    tx.run(
        statement.on_conflict_do_update(
            index_elements=["key"], set_={"last": last + count}
        )
    )
    return range(last + 1, last + count + 1)


def series(reading: Reading) -> list[tuple[str, int]]:
    """Every series with the last number given."""
    return [(key, last) for key, last in reading.rows(select(Series.key, Series.last))]


def next_number(reading: Reading, series: str) -> int:
    """The number that would be given next."""
    return (reading.value(select(Series.last).where(Series.key == series)) or 0) + 1
