"""Problems in words: what happened, what is safe, what to do. The only prose about trouble."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cbs_desktop import errors
from cbs_desktop.errors import Fault, Invalid, OfficeProblem
from cbs_desktop.words import _, many


@dataclass(frozen=True, slots=True)
class Said:
    """A problem as a person reads it; `safe` and `todo` may be empty."""

    what: str
    safe: str = ""
    todo: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


_N = str  # marks a sentence for the catalogues; it is translated when it is said
_NOTHING_CHANGED = _N("Nothing was changed.")

# kind of OfficeProblem → what, safe, what to do; in braces the facts it carries
SENTENCES: dict[str, tuple[str, str, str]] = {
    "Refused": (
        _N("Your account is not allowed to do this."),
        _NOTHING_CHANGED,
        _N("Ask the coordinator."),
    ),
    "Missing": (
        _N("This {what} no longer exists."),
        _NOTHING_CHANGED,
        _N("Go back to the list and try again."),
    ),
    "SealBroken": (
        _N(
            "What was sealed here was changed outside the program, or belongs to another record."
        ),
        _NOTHING_CHANGED,
        _N("Run the check under Office, and compare with the paper."),
    ),
    "NoRound": (
        _N("No round has been opened yet."),
        "",
        _N("Open one under Office, with its name, dates and targets."),
    ),
    "Stale": (
        _N("Somebody else has changed this in the meantime."),
        _NOTHING_CHANGED,
        _N("Check how it is now, then try again."),
    ),
    "NothingToUndo": (_N("You have nothing left to undo."), "", ""),
    "NoOffice": (
        _N("There is no office in {folder}."),
        "",
        _N("Choose its folder, or create a new office."),
    ),
    "OfficeExists": (
        _N("There is already an office in {folder}."),
        _N("It was left unchanged."),
        _N("Choose an empty folder."),
    ),
    "NoKeys": (
        _N("The key file of {folder} is missing or cannot be read."),
        _N("The records are still encrypted and safe."),
        _N("Copy keys.json from the latest backup into the folder."),
    ),
    "WrongPassword": (
        _N("Wrong name or password."),
        "",
        _N("Try again, or use the recovery code."),
    ),
    "WaitFirst": (
        _N("There were several wrong attempts."),
        "",
        _N("Wait {wait} seconds, then try again."),
    ),
    "WeakPassword": (
        _N("The password is too short."),
        "",
        _N("Use at least {least} characters; four words make a good password."),
    ),
    "CommonPassword": (
        _N("This password is one of the first that anybody would try."),
        "",
        _N("Use four words that do not belong together."),
    ),
    "OldPassword": (
        _N("This is a password of before: the key file is an older one."),
        _NOTHING_CHANGED,
        _N("Ask a coordinator to sign in first and to look at it."),
    ),
    "AccountsChanged": (
        _N("The list of accounts was changed outside the program."),
        _N("The records are still encrypted and safe."),
        _N(
            "Ask a coordinator to sign in, or copy keys.json from the latest backup into the folder."
        ),
    ),
    "Locked": (
        _N("The office is locked."),
        _NOTHING_CHANGED,
        _N("Give your password first."),
    ),
    "WrongCode": (
        _N("Wrong recovery code."),
        "",
        _N("Compare it with the paper letter by letter."),
    ),
    "NameTaken": (
        _N("The name is empty, or there is already an account named {name}."),
        "",
        _N("Choose another name."),
    ),
    "AlreadyOpen": (
        _N("This office is open in another window."),
        _N("Neither window was changed."),
        _N("Switch to that window, or close it first."),
    ),
    "EmptyFile": (
        _N("The file {file} is empty."),
        _N("It was left unchanged."),
        _N("Restore the latest backup to a new folder."),
    ),
    "ForeignFile": (
        _N("The file {file} is not this office’s database."),
        _N("It was left unchanged."),
        _N(
            "Put the office’s own file back, or restore the latest backup "
            "to a new folder."
        ),
    ),
    "NewerFile": (
        _N("This office was last opened with a newer version of the program."),
        _N("It was left unchanged."),
        _N("Install that version here too."),
    ),
    "DamagedFile": (
        _N("The file {file} is damaged."),
        _N("It was left unchanged; backups are not affected."),
        _N("Restore the latest backup to a new folder."),
    ),
    "KeysDoNotFit": (
        _N(
            "The key file in this folder does not open {file}: it is older than the last change "
            "of the accounts, or the beginning of {file} is damaged."
        ),
        _N("Nothing was changed; backups are not affected."),
        _N(
            "If you have a newer keys.json, put it back. Otherwise restore the latest backup "
            "to a new folder."
        ),
    ),
    "DiskFull": (
        _N("The disk that holds {folder} is full."),
        _N("Everything saved earlier is safe; this last step was not saved."),
        _N("Free some space and try again."),
    ),
    "ReadOnly": (
        _N("{folder} is read-only."),
        _NOTHING_CHANGED,
        _N("Choose one of your own folders, or remove the write protection."),
    ),
    "DiskFault": (
        _N("The disk that holds {folder} reports an error."),
        _N("Everything saved earlier stays as it is on the disk."),
        _N(
            "Close the program and try again. If it happens again, back up to another disk and "
            "have this one looked at."
        ),
    ),
    "FileInUse": (
        _N("Another program is using a file in {folder}."),
        _NOTHING_CHANGED,
        _N(
            "Close it there, or wait until the antivirus program is done, then try again."
        ),
    ),
    "PathTooLong": (
        _N("The path {folder} is too long for this computer."),
        _NOTHING_CHANGED,
        _N("Choose a folder nearer to the top, such as one on the desktop."),
    ),
    "Unplugged": (
        _N("{folder} is not there any more."),
        _N("Everything saved earlier stays as it was."),
        _N("Put the stick or disk in again, then try again."),
    ),
    "LookOnly": (
        _N("This office is open to look at only: its disk takes nothing."),
        _NOTHING_CHANGED,
        _N(
            "Free some space or remove the write protection, then close the program and open it again."
        ),
    ),
    "PagesLeftOut": (
        _N("These certificates could not be drawn and are not in the file: {who}."),
        _N("All others were made: {made}."),
        _N("Correct the name of each person, then replace the certificate."),
    ),
    "NotACertificate": (
        _N("None of our certificates was found there."),
        "",
        _N("Try a sharper picture, or type the text below the code."),
    ),
}

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "needed": _N("This field is required."),
    "too long": _N("Use at most {most} characters; there are {length}."),
    "hidden sign": _N("It contains invisible characters. Please retype it."),
    "not a choice": _N("Choose one from the list."),
    "in the future": _N("This date is in the future."),
    "too long ago": _N("That is more than {most} years ago. Please check."),
    "not a date": _N("“{cell}” is not a date. Write it like this: 16/11/2026."),
    "out of range": _N("Enter a number from {least} to {most}."),
    "not a number": _N("Enter a number."),
    "short year": _N("“{cell}”: write the year with four digits."),
    "taken": _N("This name is already in use."),
    "columns missing": _N("No column was found for: {names}."),
    "no column": _N("No column was found for this field."),
    "no such person": _N("No participant has this number."),
    "not that group": _N(
        "This is not group {number} of the code. Please check your paper."
    ),
    "too short": _N(
        "Use at least {least} characters; four words make a good password."
    ),
    "not a code": _N("Use two to four letters from A to Z."),
    "passwords differ": _N("The two do not match."),
    "common password": _N("This is one of the first passwords that anybody would try."),
    "other script": _N("Use letters of the Latin alphabet."),
}
UNREADABLE: dict[str, str] = {
    "empty file": _N("The file {file} is empty."),
    "missing": _N("The file {file} was not found."),
    "damaged": _N("The file {file} is damaged or was not copied completely."),
    "not a sheet": _N("{file} is not a spreadsheet. Save it as XLSX or CSV."),
    "no sheet": _N("{file} has no sheet “{sheet}”, but {sheets}."),
    "no rows": _N("{file} has no rows below its headings."),
    "too many rows": _N(
        "{file} has more than {most} rows. Split it into several files."
    ),
    "too many columns": _N(
        "{file} has more than {most} columns. Delete those that are empty or not "
        "needed, also far to the right, and choose it again."
    ),
    "formulas": _N(
        "{file} has formulas whose values were not kept. Open it in the spreadsheet "
        "program, save it there, and choose it again."
    ),
    "too big": _N("{file} is too big to be a list of people."),
    "too big for TOML": _N("{file} is too big to be a file of rules."),
    "no pages": _N(
        "{file} is no photo, scan or PDF. Save the pages as JPEG, PNG or PDF."
    ),
    "too many pages": _N(
        "{file} has more than {most} pages. Save it in smaller parts."
    ),
    "pages too big": _N(
        "{file} is too large to be a photo or scan of a page. Save a smaller version."
    ),
    "took too long": _N(
        "Reading {file} took too long and was stopped. The file may be damaged, or "
        "hold far more than it seems. Open it in the program that made it, save only "
        "what is needed to a new file, and choose that one."
    ),
    "needs memory": _N(
        "{file} needs more memory than one file may have. Open it in the program that "
        "made it, save only what is needed to a new file, and choose that one."
    ),
    "reader stopped": _N(
        "{file} could not be read: the part of the program that reads files stopped "
        "at it. The file is probably damaged or far too large. Open it in the program "
        "that made it, save it again, and choose the new one."
    ),
    "protected": _N("{file} is password-protected. Save it without a password."),
    "no printer": _N(
        "The printer {file} is not responding. Check that it is switched "
        "on, or save as PDF."
    ),
    "broken resource": _N("The program’s own file {file} is broken: {detail}."),
}
FIELDS: dict[str, str] = {
    "number": _N("Number"),
    "account": _N("Your name"),
    "again": _N("Repeat the password"),
    "area_km": _N("Maximum distance between members, km"),
    "code": _N("Code before every number"),
    "country": _N("Country"),
    "days": _N("Days"),
    "district": _N("District"),
    "districts": _N("The office covers these {level.districts}"),
    "ends": _N("End"),
    "every": _N("One in how many"),
    "facilitators": _N("Facilitators"),
    "head_count": _N("Head count on the paper"),
    "free_days": _N("A session that would fall on a holiday takes place"),
    "held_on": _N("Held on"),
    "id_kind": _N("ID"),
    "left_on": _N("Last day"),
    "level": _N("Level"),
    "lock after": _N("Lock after, minutes"),
    "mark": _N("Mark"),
    "marks": _N("Attendance marks"),
    "name": _N("Name"),
    "note": _N("Note"),
    "on": _N("Day"),
    "other": _N("Second person"),
    "outcome": _N("Outcome"),
    "password": _N("Password"),
    "pathway": _N("Pathway"),
    "people": _N("People"),
    "phase": _N("Phase"),
    "phases": _N("Phases worked on"),
    "phone_of": _N("Whose phone"),
    "place": _N("Place"),
    "roles": _N("Roles"),
    "rooms": _N("Rooms"),
    "starts": _N("Start"),
    "status": _N("Session"),
    "support": _N("Support needed in the group"),
    "target_adults": _N("Target: adults"),
    "target_men": _N("Target: men"),
    "target_women": _N("Target: women"),
    "target_youth": _N("Target: youth"),
    "title": _N("Title"),
    "to": _N("New day"),
    "topic": _N("Topic"),
    "track": _N("Preferred group"),
    "undivided": _N("If people do not divide into preferred sizes"),
    "venue": _N("Venue"),
    "weekday": _N("Weekday"),
}
# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {}


def register(
    rules: Mapping[str, tuple[str, str]] | None = None,
    faults: Mapping[str, str] | None = None,
    unreadable: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> None:
    """Take in the words of a room; its `problems.py` calls this when it is imported."""
    RULES.update(rules or {})
    FAULTS.update(faults or {})
    UNREADABLE.update(unreadable or {})
    FIELDS.update(fields or {})


def say(problem: BaseException) -> Said:
    """Any problem in words; what is not a person's to mend is said to be ours."""
    name = type(problem).__name__
    facts: dict[str, Any] = getattr(problem, "facts", {})
    if isinstance(problem, Invalid):
        return _invalid(problem)
    if isinstance(problem, errors.Unreadable):
        what = UNREADABLE.get(
            facts.get("kind", ""), _N("The file {file} cannot be used.")
        )
        return Said(_fill(what, facts), _(_NOTHING_CHANGED))
    if isinstance(problem, errors.RuleBroken):
        what, todo = RULES.get(
            facts.get("rule", ""), (_N("A programme rule does not allow this."), "")
        )
        return Said(
            _fill(what, _readable(facts)), _(_NOTHING_CHANGED), _fill(todo, facts)
        )
    if isinstance(problem, OfficeProblem) and name in SENTENCES:
        return Said(*(_fill(part, facts) for part in SENTENCES[name]))
    return Said(
        _("Something went wrong in the program."),
        _("Everything saved earlier is safe."),
        _("Please report this to whoever maintains the program."),
    )


def _readable(facts: Mapping[str, object]) -> dict[str, object]:
    return {
        key: ", ".join(map(str, value)) if isinstance(value, tuple) else value
        for key, value in facts.items()
    }


def _fill(sentence: str, facts: Mapping[str, object]) -> str:
    if not sentence:
        return ""
    return _(sentence).format_map(_Known(facts))


class _Known(dict[str, object]):
    """Facts of a sentence; one that is missing leaves its place empty instead of failing."""

    def __missing__(self, key: str) -> str:
        return "…"


def _invalid(problem: Invalid) -> Said:
    lines = "\n".join(say_fault(fault, named=True) for fault in problem.faults[:20])
    rest = len(problem.faults) - 20
    if rest > 0:
        lines += "\n" + many("and {n} more", "and {n} more", rest)
    return Said(lines, _(_NOTHING_CHANGED))


def say_fault(fault: Fault, named: bool = False) -> str:
    """One fault as the sentence under its field; with `named`, its row and field stand before it."""
    facts = dict(fault.facts)
    if isinstance(facts.get("where"), int):  # a row of the same file
        facts["where"] = _("row {row}").format(row=facts["where"])
    sentence = _fill(FAULTS.get(fault.kind, _N("Please check this.")), facts)
    if not named:
        return sentence
    where = [_("Row {row}").format(row=fault.row)] if fault.row else []
    if fault.field:
        where.append(_(FIELDS.get(fault.field, fault.field)))
    if where:
        return f"{', '.join(where)}: {sentence}"
    return sentence
