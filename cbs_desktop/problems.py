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
        _N("Your account may not do this."),
        _NOTHING_CHANGED,
        _N("Ask the coordinator."),
    ),
    "Missing": (
        _N("This {what} is not there (any more)."),
        _NOTHING_CHANGED,
        _N("Go back to the list and look again."),
    ),
    "NoRound": (
        _N("No round is open yet."),
        "",
        _N("Open one at Office: its name, its dates and its targets."),
    ),
    "Stale": (
        _N("Somebody has changed this in the meantime."),
        _NOTHING_CHANGED,
        _N("Look at it as it is now, then do it again."),
    ),
    "NothingToUndo": (_N("There is nothing of yours left to take back."), "", ""),
    "NoOffice": (
        _N("There is no office in {folder}."),
        "",
        _N("Choose its folder, or make a new office."),
    ),
    "OfficeExists": (
        _N("There is an office in {folder} already."),
        _N("It was not touched."),
        _N("Choose an empty folder."),
    ),
    "NoKeys": (
        _N("The key file of {folder} is missing or cannot be read."),
        _N("The records are still encrypted and safe."),
        _N("Copy keys.json from the latest backup into the folder."),
    ),
    "WrongPassword": (
        _N("The name or the password does not fit."),
        "",
        _N("Try again, or use the recovery code."),
    ),
    "WaitFirst": (
        _N("That was wrong several times."),
        "",
        _N("Wait {wait} seconds, then try again."),
    ),
    "WeakPassword": (
        _N("The password is too short."),
        "",
        _N("Take at least {least} characters; four words are good."),
    ),
    "WrongCode": (
        _N("The recovery code does not fit."),
        "",
        _N("Compare it letter by letter with the paper."),
    ),
    "NameTaken": (
        _N("There is an account named {name} already, or the name is empty."),
        "",
        _N("Choose another name."),
    ),
    "AlreadyOpen": (
        _N("This office is open in another window."),
        _N("Both stay as they are."),
        _N("Go to that window, or close it first."),
    ),
    "EmptyFile": (
        _N("The file {file} is empty."),
        _N("It was left as it is."),
        _N("Restore the latest backup into a new folder."),
    ),
    "ForeignFile": (
        _N("The file {file} is not this office’s database."),
        _N("It was left as it is."),
        _N(
            "Put the office’s own file back, or restore the latest backup into a new folder."
        ),
    ),
    "NewerFile": (
        _N("This office was last opened with a newer version of the program."),
        _N("It was left as it is."),
        _N("Install that version here too."),
    ),
    "DamagedFile": (
        _N("The file {file} is damaged."),
        _N("It was left as it is; backups are not touched."),
        _N("Restore the latest backup into a new folder."),
    ),
    "DiskFull": (
        _N("The disk with {folder} is full."),
        _N("What was saved before is safe; this last step was not saved."),
        _N("Free some space and do it again."),
    ),
    "ReadOnly": (
        _N("Nothing can be written in {folder}."),
        _NOTHING_CHANGED,
        _N("Choose a folder of your own, or take the write protection off."),
    ),
    "NotACertificate": (
        _N("No certificate of ours was found there."),
        "",
        _N("Try a sharper picture, or type the text under the code."),
    ),
}

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "needed": _N("This is needed."),
    "too long": _N("At most {most} characters, please; these are {length}."),
    "hidden sign": _N(
        "There are signs in it that cannot be seen. Please type it again."
    ),
    "not a choice": _N("Please choose one of the list."),
    "in the future": _N("This day is still to come."),
    "too long ago": _N("That would be more than {most} years ago. Please check."),
    "not a date": _N("“{cell}” is not a day of the calendar. Write 16/11/2026."),
    "not a number": _N("Please write a number."),
    "taken": _N("This name is taken."),
    "columns missing": _N("There is no column for: {names}."),
    "no column": _N("No column was found for this."),
    "no such person": _N("Nobody has this number."),
    "passwords differ": _N("The two are not the same."),
}
UNREADABLE: dict[str, str] = {
    "empty file": _N("The file {file} is empty."),
    "missing": _N("The file {file} is not there."),
    "damaged": _N("The file {file} is damaged or was not copied whole."),
    "not a sheet": _N("{file} is not a table. Save it as XLSX or CSV."),
    "no rows": _N("{file} holds no rows under its headings."),
    "too many rows": _N("{file} has more than {most} rows. Divide it."),
    "too big": _N("{file} is too big to be a list of people."),
    "protected": _N("{file} is protected with a password. Save it without one."),
    "no printer": _N(
        "The printer {file} does not answer. Look whether it is on, or save as PDF."
    ),
    "broken resource": _N("The program’s own file {file} is broken: {detail}."),
}
FIELDS: dict[str, str] = {
    "number": _N("Number"),
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
            facts.get("rule", ""), (_N("A rule of the programme forbids this."), "")
        )
        return Said(
            _fill(what, _readable(facts)), _(_NOTHING_CHANGED), _fill(todo, facts)
        )
    if isinstance(problem, OfficeProblem) and name in SENTENCES:
        return Said(*(_fill(part, facts) for part in SENTENCES[name]))
    return Said(
        _("The program made a mistake."),
        _("What was saved before is safe."),
        _("Please tell the people who look after it."),
    )


def _readable(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        key: ", ".join(map(str, value)) if isinstance(value, tuple) else value
        for key, value in facts.items()
    }


def _fill(sentence: str, facts: dict[str, Any]) -> str:
    if not sentence:
        return ""
    return _(sentence).format_map(_Known(facts))


class _Known(dict[str, Any]):
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
    sentence = _fill(FAULTS.get(fault.kind, _N("Please check this.")), fault.facts)
    if not named:
        return sentence
    where = [_("Row {row}").format(row=fault.row)] if fault.row else []
    if fault.field:
        where.append(_(FIELDS.get(fault.field, fault.field)))
    if where:
        return f"{', '.join(where)}: {sentence}"
    return sentence
