"""Problems in words: what happened, what is safe, what to do. The only prose about trouble."""

from dataclasses import dataclass
from typing import Any

from cbs_desktop import certificate_problems, errors, rule_problems
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
    "not a position": _N(
        "This is no position: latitude -90 to 90, longitude -180 to 180, in degrees."
    ),
    "in the future": _N("This day is still to come."),
    "too long ago": _N("That would be more than {most} years ago. Please check."),
    "not a phone": _N("A phone number has 7 to 15 digits."),
    "not a date": _N("“{cell}” is not a day of the calendar. Write 16/11/2026."),
    "not a number": _N("Please write a number."),
    "not a sex": _N("“{cell}” is neither F nor M."),
    "guardian needed": _N(
        "Under {under} a parent or guardian consents: please give the name."
    ),
    "taken": _N("This name is taken."),
    "twice": _N("The same person stands here already: {where}."),
    "before start": _N("This is before the start."),
    "targets differ": _N("The targets by sex add up to {sex}, those by age to {age}."),
    "does not fit": _N("This figure does not fit the others."),
    "columns missing": _N("There is no column for: {names}."),
    "no column": _N("No column was found for this."),
    "no such place": _N("There is no such place in the districts of the office."),
    "questions open": _N("Still without an answer: {numbers}."),
    "no such answer": _N("Question {number} has no such answer."),
    "not asked": _N("Question {number} is not asked after the answers before it."),
    "kept free": _N("This day is kept free: {why}."),
    "reason needed": _N(
        "This is not what the sheets suggest, or the person waits: please give the reason, without stories."
    ),
    "phone or place": _N("Please give a phone number or a place."),
    "no country list": _N(
        "There is no list for this country yet. Enter the services that you know."
    ),
    "no languages": _N('Please list the languages, as languages = ["en"].'),
    "language missing": _N("The text is missing in: {languages}."),
    "unknown key": _N("This key is not known. Please check its spelling."),
    "not an answer": _N(
        "Each answer is [value, text], with a whole number from 0 to {most}."
    ),
    "too few answers": _N("At least two answers are needed."),
    "no such answers": _N("There is no set of answers called “{name}”."),
    "skipped and scored": _N(
        "A question that may be skipped cannot count in a score: write scored = false."
    ),
    "cycle": _N("Questions {numbers} wait for each other in a circle."),
    "not asked before": _N("Question {number} does not come before this one."),
    "no such question": _N("There is no scored question {number}."),
    "no such score": _N("There is no score called “{name}”."),
    "outside the score": _N("The score goes from {low} to {high}."),
    "cut-offs overlap": _N(
        "Two cut-offs under one name hold for the same person. Give them two names, or a sex each."
    ),
    "bands overlap": _N("The ranges overlap at {value}, or are not in order."),
    "bands leave a gap": _N("The ranges leave a gap between {low} and {high}."),
    "finer than the score": _N(
        "The score has {decimals} decimals, so that it cannot be {value}."
    ),
    "not above 0": _N("It has to be more than 0."),
    "more than there are": _N("More are asked for than there are questions."),
    "points or index": _N("Give either points, or sd and alpha."),
    "not supported": _N(
        "This is not supported: {what}. Leave it out, or ask it as a choice of one."
    ),
    "not a choice value": _N(
        "The value “{value}” of a choice is not a whole number from 0 to 8."
    ),
    "condition": _N(
        "Only a condition on one earlier question is understood, as ${{q1}} = '1'; this one is: {what}."
    ),
    "calculation": _N(
        "Only a sum of questions is understood, as ${{q1}} + ${{q2}}; this one is: {what}."
    ),
    "no such sheet": _N("The sheet “{name}” is missing or empty."),
    "form": _N("The form does not hold together: {what}"),
    "not a text": _N("A text is needed here."),
    "not numbers": _N("A list of whole numbers is needed here, as [1, 2, 3]."),
    "not yes or no": _N("Write true or false."),
    "not a table": _N(
        "This part is not written as it should be. Look at its description in docs/."
    ),
    "not a short name": _N("Use small letters, digits, - and _ only, at most 40."),
    "not one of": _N("It has to be one of: {choices}."),
    "outside": _N("It has to be between {low} and {high}."),
    "stands twice": _N("{value} stands here twice."),
    "too many": _N("More than {most} is too many."),
    "not the name of the file": _N(
        "The key and the name of the file are not the same."
    ),
    "changed without version": _N(
        "The file was changed, and its version is still {version}. Give it a higher one."
    ),
    "version not new": _N("Version {version} is there already. Give it a higher one."),
    "no such person": _N("Nobody has this number."),
    "safety card needed": _N(
        "A risk question was answered: enter this sheet by hand, with its safety card."
    ),
    "passwords differ": _N("The two are not the same."),
    "same person": _N("Choose two different people."),
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
    "not a questionnaire": _N(
        "{file} is no questionnaire. Choose a .toml file, or an XLSForm as .xlsx."
    ),
    "not in UTF-8": _N(
        "{file} is not written in UTF-8. Save it so in your editor, and choose it again."
    ),
    "too big for one": _N("{file} is too big to be a questionnaire."),
    "broken file": _N("{file} is not written as it should be: {detail}."),
    "broken resource": _N("The program’s own file {file} is broken: {detail}."),
}
FIELDS: dict[str, str] = {
    "own_name": _N("Own name"),
    "other_names": _N("Other names"),
    "sex": _N("Sex"),
    "born_on": _N("Birth"),
    "born_year": _N("Birth"),
    "age": _N("Age"),
    "place_id": _N("Place"),
    "phone": _N("Phone"),
    "consent_on": _N("Consent"),
    "consent_mode": _N("Consent"),
    "guardian": _N("Guardian"),
    "categories": _N("Background"),
    "facility": _N("Facility"),
    "name_on_id": _N("Name as on ID"),
    "id_number": _N("ID number"),
    "answers": _N("Answers"),
    "taken_on": _N("Date"),
    "number": _N("Number"),
    "facility_id": _N("Facility"),
    "release_on": _N("Expected release"),
    "reason": _N("Reason"),
    "occasion": _N("Occasion"),
    "instrument": _N("Questionnaire"),
    "told": _N("Who was told"),
    "told_on": _N("On which day"),
    "referred_to": _N("Referred to"),
    "see_again_on": _N("To be seen again on"),
    "helps_with": _N("Helps with"),
}
RULES = rule_problems.RULES | certificate_problems.RULES
FAULTS |= certificate_problems.FAULTS
UNREADABLE |= certificate_problems.UNREADABLE
FIELDS |= certificate_problems.FIELDS


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
