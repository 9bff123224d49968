"""Findings of the check in words: what is wrong, where, and what to do."""

from datetime import datetime
from typing import TYPE_CHECKING

from cbs_desktop import problems
from cbs_desktop.findings import Checked, Finding
from cbs_desktop.problems import FIELDS, Said
from cbs_desktop.safe.switching import Ended, Settled
from cbs_desktop.text import day_in_figures, write_moment
from cbs_desktop.words import _, many

if TYPE_CHECKING:
    from cbs_desktop.keeping.restoring import Lost, Rehearsal

_N = str  # marks a sentence for the catalogues; it is translated when it is said
_RESTORE = _N("Make no changes. Restore the latest backup to a new folder.")
_COMPARE = _N(
    "Compare it with the paper. A coordinator then puts it back as the journal has it, or accepts it as it is."
)
_END = _N(
    "Check that the latest work is there. If it is not, restore the latest backup to a new folder. If it is, a "
    "coordinator accepts it."
)

_DISK_WORDS = {
    "DiskFull": _N("The disk is full."),
    "ReadOnly": _N("The folder is write-protected."),
    "DiskFault": _N("The disk reports an error."),
    "FileInUse": _N("Another program is using the file."),
    "Unplugged": _N("The disk is not there any more."),
}

# kind of Finding → what, what to do; in braces the facts it carries
FINDINGS: dict[str, tuple[str, str]] = {
    "key file torn": (
        _N("The key file {file} cannot be read; its second copy is in use."),
        _N(
            "A coordinator writes it anew. If it happens again, the disk may be failing: make a backup today."
        ),
    ),
    "no key file": (
        _N("The key file {file} and its second copy are gone, or cannot be read."),
        _N(
            "Do not close the program before keys.json was copied from the latest backup into the folder."
        ),
    ),
    "accounts changed": (
        _N("The list of accounts was changed outside the program: {names}."),
        _N(
            "Nobody gained anything by it: the list that a coordinator signed counts. A coordinator writes it anew."
        ),
    ),
    "old passwords": (
        _N("The key file brings back passwords that were replaced: {names}."),
        _N(
            "If it was copied from a backup, a coordinator accepts it, and gives new passwords to those whose old one is known "
            "to others. If not, copy keys.json from the latest backup into the folder."
        ),
    ),
    "file damaged": (
        _N("The file is damaged in {count} places: {words}"),
        _RESTORE,
    ),
    "unreadable": (
        _N("The check could not go on at this stage: {stage}. {words}"),
        _RESTORE,
    ),
    "not checked": (
        _N("This stage could not be looked at: {stage}. {words}"),
        _N("The office itself may be whole. When that is mended, check again."),
    ),
    "schema": (
        _N("This part of the file is not as the program makes it: {name}."),
        _N("Make no changes. Ask whoever looks after the program."),
    ),
    "journal changed": (
        _N("The journal was changed outside the program, from action {act} on."),
        _N("Make no changes. Compare it with the latest backup."),
    ),
    "anchor": (
        _N(
            "The journal is not the one that a coordinator signed on {day}: action {act} differs."
        ),
        _N("Make no changes. Compare it with the latest backup."),
    ),
    "row changed": (
        _N("{record} was changed outside the program: {fields}."),
        _COMPARE,
    ),
    "row missing": (_N("{record} was removed outside the program."), _COMPARE),
    "row beside": (_N("{record} was put in outside the program."), _COMPARE),
    "picture": (
        _N("The picture of the page {code} is not the one that was accepted."),
        _N("What was read from it is not concerned. Photograph the paper again."),
    ),
    "more rows": (
        _N("{count} more records are not as the journal tells."),
        _RESTORE,
    ),
    "search index": (
        _N("The index “{name}” lacks words: some records are not found by typing."),
        _N("Rebuild the index."),
    ),
    "older": (
        _N(
            "This office is older than when it was last open here: it ends at action {acts}, and there were {known}."
        ),
        _END,
    ),
    "another past": (
        _N(
            "This office is not the one that was last open here: action {known} differs."
        ),
        _END,
    ),
    "end unknown": (
        _N(
            "The file {file} is missing or is not this office’s. It says how far the journal goes."
        ),
        _END,
    ),
}

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "old account": (
        _N("This account is of an older version of the program: {names}."),
        _N("A coordinator gives it a new password first, under Office, Accounts."),
    ),
    "own account": (
        _N("This is your own account."),
        _N(
            "Change your own password in the menu; another coordinator removes your account."
        ),
    ),
    "last holder": (
        _N("Nobody would be left who can change accounts."),
        _N("Make another person a coordinator first."),
    ),
}

RECORDS: dict[str, str] = {
    "person": _N("Participant"),
    "background": _N("Background category"),
    "consent": _N("Consent"),
    "mark": _N("Attendance mark"),
    "kept_paper": _N("Certificate kept as it is"),
    "mark_remark": _N("Remark beside a mark"),
    "session_note": _N("Notes of a session"),
    "session_facilitator": _N("Facilitator at a session"),
    "agreement": _N("Agreement reached"),
    "session": _N("Session"),
    "membership": _N("Place in a group"),
    "groups": _N("Group"),
    "assessment": _N("Questionnaire"),
    "decision": _N("Decision"),
    "risk_card": _N("Safety card"),
    "certificate": _N("Certificate"),
    "facilitator": _N("Facilitator"),
    "place": _N("Place"),
    "round": _N("Round"),
    "programme": _N("Programme"),
    "programme_mark": _N("Attendance mark of a programme"),
    "setting": _N("Setting"),
    "series": _N("Series of numbers"),
    "laptop": _N("Laptop"),
    "coverage": _N("Covered district"),
    "facility": _N("Facility"),
    "place_join": _N("Joined place"),
    "different_places": _N("Places told apart"),
    "definition": _N("Questionnaire file"),
    "second_entry": _N("Second entry"),
    "service": _N("Referral service"),
    "signatory": _N("Signatory"),
    "check_list": _N("List for checking"),
    "print": _N("Printing"),
    "proposal": _N("Proposal"),
    "wishes": _N("Group preferences"),
    "keep_together": _N("People kept together"),
    "tie": _N("Tie of a facilitator"),
    "lead": _N("Facilitator of a group"),
    "meeting": _N("Meeting time"),
    "judgement": _N("Answer about two records"),
    "person_day": _N("Day somebody can come"),
    "person_language": _N("Language of somebody"),
    "facilitator_day": _N("Day of a facilitator"),
    "facilitator_language": _N("Language of a facilitator"),
    "merge": _N("Merge"),
    "keep_apart": _N("Two people kept apart"),
    "anchor": _N("Signature under the journal"),
    "export": _N("Export or print"),
    "breach": _N("Loss or breach"),
    "restated": _N("A row that the check knows"),
    "blanked": _N("An action whose words were erased"),
    "erased": _N("Somebody who was erased"),
    "restriction": _N("Restriction"),
    "subject_request": _N("Request of a person"),
    "destruction": _N("Record of what was destroyed"),
    "printed_page": _N("Page printed to be read back"),
    "printed_row": _N("Row of a printed page"),
    "printed_session": _N("Session of a printed page"),
    "scanned_page": _N("Page that was read"),
    "visit": _N("Visit"),
}


def say_finding(finding: Finding, whose: bool = True) -> Said:
    """A finding as a person reads it; without `whose` it does not say which participant it is about."""
    what, todo = FINDINGS[finding.kind]
    facts = dict(finding.facts)
    if isinstance(names := facts.get("names"), tuple):
        facts["names"] = ", ".join(map(str, names)) or _("the order of the list")
    if not whose:
        facts |= {"person": "", "key": "…"}
    if finding.kind == "not checked":
        facts["words"] = _(_DISK_WORDS[str(facts["words"])])
    if "table" in facts:
        facts["record"] = _record(facts)
        facts["fields"] = _fields(facts["fields"])
    return Said(_(what).format(**facts), "", _(todo))


def record_word(table: str) -> str:
    """What a row of a table is, in words; the table's name where it has none."""
    return _(RECORDS.get(table, table))


def _record(facts: dict[str, object]) -> str:
    """Which record: its kind and whose it is, or its key."""
    kind = record_word(str(facts["table"]))
    whose = facts["person"] or facts["key"]
    return _("{kind} of {whose}").format(kind=kind, whose=whose)


def _fields(names: object) -> str:
    if not isinstance(names, tuple | list) or not names:
        return _("what it was cannot be said")
    return ", ".join(_(FIELDS.get(str(name), str(name))) for name in names)


def say_settled(told: Ended) -> tuple[str, str]:
    """Title and words about a restore that was interrupted."""
    if told.how == Settled.UNDONE:
        words = _(
            "The program was ended while an office was being made from a copy. The office is as it was before; nothing was "
            "changed. Restore again if you still want to."
        )
        return _("A restore was interrupted"), words
    made = write_moment(datetime.fromisoformat(told.switch.made))
    words = _("The office has been restored from the copy of {made}.").format(made=made)
    if told.switch.aside:
        kept = _("The previous office is kept in {folder}.")
        words += " " + kept.format(folder=told.beside / told.switch.aside)
    return _("A restore was finished"), words


def say_rehearsal(rehearsal: "Rehearsal") -> str:
    """What a copy has, whether it is whole, and what would be lost with it."""
    made = write_moment(rehearsal.made)
    acts = many("{n} action", "{n} actions", rehearsal.acts)
    said = [_("The copy of {made} has {acts}.").format(made=made, acts=acts)]
    if not rehearsal.checked.well:
        said.append(_("It is not whole, and cannot be restored:"))
        said.append(told(rehearsal.checked))
        return "\n".join(said)
    if rehearsal.is_older:
        said.append(
            _(
                "Its file is whole. It was made by an older version of the program, and is brought up to this one when it is "
                "restored."
            )
        )
    else:
        said.append(_("Everything in it was checked, and all is well."))
    said.append(_lost(rehearsal.lost))
    return "\n".join(said)


def _lost(lost: "Lost | None") -> str:
    """What would be lost by going back to a copy."""
    if lost is None:
        return _(
            "The present office cannot be read with the keys of this copy, so what would be lost is not known."
        )
    if not lost.acts:
        return _("Nothing would be lost: the copy has everything the office has.")
    acts = many("{n} action", "{n} actions", lost.acts)
    days = many("{n} day", "{n} days", lost.days)
    if not lost.shared:
        return _(
            "It is the copy of another office: all {acts} of the present one would be gone."
        ).format(acts=acts)
    first = _day(lost.first)
    last = _day(lost.last)
    if first == last:
        words = _("You would lose {acts} done on {last}: the copy does not have them.")
    else:
        words = _(
            "You would lose {acts} done on {days}, from {first} to {last}: the copy does not have them."
        )
    return words.format(acts=acts, days=days, first=first, last=last)


def _day(moment: str) -> str:
    return day_in_figures(datetime.fromisoformat(moment).astimezone().date())


def told(checked: Checked) -> str:
    """A whole check as text: one line when all is well, else a paragraph for each finding."""
    if checked.well:
        acts = many("{n} action", "{n} actions", checked.acts)
        rows = many("{n} record", "{n} records", checked.rows)
        return _(
            "All is well: key file, file, schema, journal with {acts}, {rows}."
        ).format(acts=acts, rows=rows)
    return "\n".join(str(say_finding(finding)) for finding in checked.findings)


problems.register(rules=RULES)
