"""The one way out of the program: files are written and noted in one act, what goes to a printer is noted before it goes."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import func, insert, select

from cbs_desktop import settings
from cbs_desktop.action import Reading, Transaction, action
from cbs_desktop.errors import Invalid
from cbs_desktop.exports.kinds import KINDS, PLACE_WORDS, RECIPIENT_WORDS
from cbs_desktop.exports.rules import OWN_USE, Outgoing, Recipient, recipient_faults
from cbs_desktop.exports.tables import Export
from cbs_desktop.paper.file import save
from cbs_desktop.safe import copies
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.words import _, many


@action(Permission.OWN_ACCOUNT, "Saved {what}, {people}: {where}, {whom}")
def save_files(tx: Transaction, what: Outgoing, files: Mapping[Path, bytes]) -> None:
    """Write files that a person asked for, and note what left. Problems: Refused (without the permission of the kind),
    Invalid (recipient), and those of disks; then nothing is noted."""
    first = next(iter(files))
    place = copies.place_of(first)
    number = stick_of(tx, first) if place == "stick" else 0
    note(tx, what, place, number)
    for path, content in files.items():
        save(path, content)


@action(Permission.OWN_ACCOUNT, "Sent to the printer: {what}, {people}")
def send_to_printer(tx: Transaction, what: Outgoing) -> None:
    """Note what goes to a printer, before it goes. Refused without the permission of the kind."""
    note(tx, what, "printer")


def note(
    tx: Transaction, what: Outgoing, place: str, stick: int = 0, sheets: int = 0
) -> None:
    """The row of what left, and the facts for the sentence: no name, no path. Refused, Invalid."""
    kind = KINDS[what.kind]
    tx.need(kind.permission)
    if faults := recipient_faults(what.to):
        raise Invalid(faults)
    row = {
        "id": tx.new_id(),
        "at": tx.now.isoformat(),
        "account": tx.account.name,
        "kind": what.kind,
        "permission": str(kind.permission),
        "people": what.people,
        "sheets": sheets,
        "place": place,
        "stick": stick,
        "recipient": what.to.who,
        "other": what.to.other.strip(),
        "country": what.to.country.strip(),
    }
    tx.run(insert(Export), row)
    tx.say(
        what=_(kind.word),
        people=many("{n} person", "{n} people", what.people),
        where=where_words(place, stick),
        whom=whom_words(what.to),
        permission=str(kind.permission),
    )


def where_words(place: str, stick: int) -> str:
    """Where it went, in words."""
    if stick:
        return _("USB stick {number}").format(number=stick)
    return _(PLACE_WORDS[place])


def whom_words(to: Recipient) -> str:
    """Who gets it, in words, and the country when it leaves its own."""
    said = _("own use") if to.who == OWN_USE else _(RECIPIENT_WORDS[to.who])
    if to.who == "other":
        said = to.other.strip()
    if to.country.strip():
        said = _("{whom} ({country})").format(whom=said, country=to.country.strip())
    return said


def stick_of(reading: Reading, path: Path) -> int:
    """The number of the stick that a file lies on; 0 for one that no backup of this office went to."""
    office = copies.fingerprint(settings.read(reading, "signing public"))
    for folder in path.absolute().parents:
        if number := copies.stick_number(folder, office):
            return number
    return 0


def next_stick(reading: Reading) -> int:
    """The number of a stick that backups go to for the first time."""
    return reading.count(select(func.coalesce(func.max(Export.stick), 0))) + 1
