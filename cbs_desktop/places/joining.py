"""Spellings of one place made one place, and parted again at any later time.

Everything that refers to the place that goes refers to the one that stays, also in rooms that are above this one
(`store.references`). Places below with the same name become one as well; the others move below the place that stays.
"""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Invalid, Missing, RuleBroken
from cbs_desktop.places import actions, rules
from cbs_desktop.places.spellings import place_now, what_places_became
from cbs_desktop.places.tables import DifferentPlaces, Place, PlaceJoin
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import references
from cbs_desktop.store.references import Fields, HandedOver
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import clean

Steps = list[Fields]  # a step for every place that went, those below first


@action(Permission.MERGE, "Joined {gone} with {place}")
def join(tx: Transaction, kept_id: int, gone_id: int, name: str) -> int:
    """One place of two spellings, under the name given; the id of the join.

    Invalid for a name that is none. RuleBroken for two places that do not stand side by side below one place, for
    districts and provinces, and for a name that a third place beside them has.
    """
    kept, gone = _place(tx, kept_id), _place(tx, gone_id)
    side_by_side = kept.parent_id == gone.parent_id and kept_id != gone_id
    if not side_by_side or kept.level < rules.SECTOR:
        raise RuleBroken(rule="not side by side")
    steps: Steps = []
    _join(tx, kept_id, gone_id, steps)
    _spell(tx, kept_id, name)
    join_id = tx.new_id()
    tx.run(
        insert(PlaceJoin).values(
            id=join_id,
            kept_id=kept_id,
            gone_id=gone_id,
            gone_path=gone.path,
            joined_on=tx.today,
            joined_by=tx.account.name,
            content=json.dumps(steps),
            parted_on=None,
            parted_by="",
        )
    )
    tx.say(gone=gone.path, place=_place(tx, kept_id).path)
    return join_id


@action(Permission.MERGE, "Corrected the spelling of {place}")
def respell(tx: Transaction, place_id: int, name: str) -> None:
    """Another spelling of a place; the paths of the places below follow. RuleBroken for a name that a place beside it
    has: the two are joined instead."""
    _spell(tx, place_id, name)
    tx.say(place=_place(tx, place_id).path)


@action(Permission.MERGE, "Recorded that {one} and {other} are two places")
def keep_two(tx: Transaction, one_id: int, other_id: int) -> None:
    """Two names that are alike are two places: they are not shown as spellings of one another again."""
    one, other = _place(tx, one_id), _place(tx, other_id)
    if one_id == other_id:
        raise RuleBroken(rule="not side by side")
    _remember_two(tx, one_id, other_id)
    tx.say(one=one.path, other=other.path)


@action(Permission.MERGE, "Recorded that {one} and {other} are two places")
def keep_two_names(tx: Transaction, place_id: int, name: str) -> int:
    """The same of a place and a name of the official list that nobody lives in yet: it is entered beside; its id."""
    parent_id = _place(tx, place_id).parent_id
    other_id = actions.add_place(tx, parent_id, name)
    keep_two(tx, place_id, other_id)
    return other_id


@action(Permission.MERGE, "Parted {gone} from {place} again")
def part(tx: Transaction, join_id: int) -> int:
    """Two places again, at any later time; the id of the one that comes back.

    It gets back who and what it brought, as far as they are still at the place that it became part of. The spelling of
    the place that stayed is left as it is.
    """
    found = tx.first(select(PlaceJoin.__table__).where(PlaceJoin.id == join_id))
    if found is None or found.parted_on:
        raise Missing(what="merge", id=join_id)
    became = what_places_became(tx)
    kept_id = place_now(became, found.kept_id)
    parent_id = _place(tx, kept_id).parent_id
    steps: Steps = json.loads(found.content)
    coming = {step["place"]["id"] for step in steps}
    for step in reversed(steps):
        if step["place"]["id"] == found.gone_id:
            step["place"]["parent_id"] = parent_id
        _refer_to_what_is_there(step["place"], became, coming)
        _take_back(tx, step, place_now(became, step["kept"]))
        _send_home_later(tx, step, became)
    tx.run(
        update(PlaceJoin)
        .where(PlaceJoin.id == join_id)
        .values(parted_on=tx.today, parted_by=tx.account.name)
    )
    _set_paths(tx, kept_id)
    for step in reversed(steps):
        _set_paths(tx, step["place"]["id"])
    _remember_two(tx, kept_id, found.gone_id)
    tx.say(gone=_place(tx, found.gone_id).path, place=_place(tx, kept_id).path)
    return found.gone_id


def _refer_to_what_is_there(
    place: Fields, became: dict[int, int], coming: set[int]
) -> None:
    """What a place that comes back stands below or was replaced by may be part of another place by now."""
    for column in ("parent_id", "sector_id", "replaced_by_id"):
        upper = place[column]
        if upper is not None and upper not in coming:
            place[column] = place_now(became, upper)


def _place(tx: Transaction, place_id: int) -> NamedRow:
    row = tx.first(select(Place.__table__).where(Place.id == place_id))
    if row is None:
        raise Missing(what="place", id=place_id)
    return row


def _beneath(tx: Transaction, place_id: int) -> Sequence[NamedRow]:
    columns = select(Place.id, Place.name, Place.level)
    children = columns.where(Place.parent_id == place_id)
    return tx.rows(children.order_by(Place.id))


def _join(tx: Transaction, kept_id: int, gone_id: int, steps: Steps) -> None:
    """One place of two, those below first; a step is noted for each that goes."""
    there: dict[str, int] = {}
    for row in _beneath(tx, kept_id):
        there[rules.place_key(row.name)] = row.id
    children: list[int] = []
    for row in _beneath(tx, gone_id):
        twin = there.get(rules.place_key(row.name))
        if twin is not None:
            _join(tx, twin, row.id, steps)
        else:
            children.append(row.id)
    _move(tx, Place.parent_id.name, children, kept_id)
    replaced = tx.column(select(Place.id).where(Place.replaced_by_id == gone_id))
    _move(tx, Place.replaced_by_id.name, replaced, kept_id)
    _set_paths(tx, kept_id)
    handed = references.hand_over(tx.db, Place, gone_id, kept_id)
    taken_out = references.take_out(tx.db, Place, gone_id)
    step = {"place": taken_out, "kept": kept_id, "handed": handed.as_json()}
    steps.append({**step, "children": children, "replaced": replaced})


def _move(tx: Transaction, column: str, place_ids: Iterable[int], to: int) -> None:
    values = {column: to}
    for place_id in place_ids:
        this = update(Place).where(Place.id == place_id)
        tx.run(this.values(values))


def _take_back(tx: Transaction, step: Fields, kept_id: int) -> None:
    """The opposite of a step, as far as things are still as it left them."""
    gone_id: int = step["place"]["id"]
    references.put_back(tx.db, Place, step["place"])
    for column, key in (("parent_id", "children"), ("replaced_by_id", "replaced")):
        still = select(Place.id).where(
            Place.id.in_(step[key]), getattr(Place, column) == kept_id
        )
        _move(tx, column, tx.column(still), gone_id)
    handed = HandedOver(**step["handed"])
    references.give_back(tx.db, Place, handed, gone_id, kept_id)


def _send_home_later(tx: Transaction, step: Fields, became: dict[int, int]) -> None:
    """Places that this join moved and that became part of another one since come back, when that join is parted, below
    the place that is back now."""
    away = set(step["children"]) & became.keys()
    if not away:
        return
    standing = select(PlaceJoin.id, PlaceJoin.content)
    for row in tx.rows(standing.where(PlaceJoin.parted_on.is_(None))):
        steps: Steps = json.loads(row.content)
        for later in steps:
            moved = later["place"]["id"] in away
            if moved and later["place"]["parent_id"] == step["kept"]:
                later["place"]["parent_id"] = step["place"]["id"]
        content = json.dumps(steps)
        tx.run(update(PlaceJoin).where(PlaceJoin.id == row.id).values(content=content))


def _spell(tx: Transaction, place_id: int, name: str) -> None:
    """A name for a place, as it is typed; it is free beside it."""
    name = clean(name)
    if faults := rules.place_faults(name):
        raise Invalid(faults)
    place = _place(tx, place_id)
    if place.level < rules.SECTOR:
        raise RuleBroken(rule="not side by side")
    key = rules.place_key(name)
    if key != rules.place_key(place.name):
        for beside in _beneath(tx, place.parent_id):
            if rules.place_key(beside.name) == key:
                raise RuleBroken(rule="name of another place", name=beside.name)
    tx.run(update(Place).where(Place.id == place_id).values(name=name))
    _set_paths(tx, place_id)


def _set_paths(tx: Transaction, place_id: int) -> None:
    """Path, district and sector of a place and of all below it, as they follow from where it stands."""
    place = _place(tx, place_id)
    above = _place(tx, place.parent_id)
    sector = above.sector_id
    if place.level == rules.SECTOR:
        sector = place_id
    values = {
        "path": rules.path(above.path, place.name, place.level),
        "district_id": above.district_id,
        "sector_id": sector,
    }
    tx.run(update(Place).where(Place.id == place_id).values(**values))
    for row in _beneath(tx, place_id):
        _set_paths(tx, row.id)


def _remember_two(tx: Transaction, one_id: int, other_id: int) -> None:
    first, second = sorted((one_id, other_id))
    d = DifferentPlaces
    there = select(d.id).where(d.one_id == first, d.other_id == second)
    if tx.value(there) is not None:
        return
    said = {"said_on": tx.today, "said_by": tx.account.name}
    pair = {"id": tx.new_id(), "one_id": first, "other_id": second}
    tx.run(insert(d).values(**pair, **said))
