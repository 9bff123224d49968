"""The words for losses and breaches, and for what is wrong with what is said of them or with a file of the law."""

from datetime import datetime, timedelta

from cbs_desktop import problems
from cbs_desktop.protection.law import of_country
from cbs_desktop.protection.rules import HeldData, Loss, TimeLeft, time_left
from cbs_desktop.safe.passwords import LEAST
from cbs_desktop.words import _, many

_N = str  # marks a sentence for the catalogues; it is translated when it is said

KIND_WORDS: dict[str, str] = {
    "laptop": _N("Laptop lost or stolen"),
    "stick": _N("USB stick lost or stolen"),
    "paper": _N("Paper lost or seen"),
    "password": _N("Password known to somebody else"),
    "recipient": _N("Sent to the wrong person"),
    "changed": _N("Records damaged or changed"),
}
MEASURE_WORDS: dict[str, str] = {
    "police": _N("Reported to the police"),
    "passwords": _N("All passwords changed (Office › Accounts)"),
    "account": _N("Account of the person concerned removed or given a new password"),
    "restore": _N("Office restored from a backup"),
    "search": _N("Looked for, and asked for where it was last seen"),
    "new stick": _N("New backup made on another stick"),
    "facilitators": _N("Facilitators told to call nobody from that paper"),
    "journal": _N("Journal looked through for what was done with the account"),
    "ask back": _N("Recipient asked to delete it or bring it back"),
    "check": _N("Office checked (Office › Check the office)"),
    "paper compare": _N("Records compared with the papers"),
    "tell persons": _N("People concerned told (art. 45)"),
}
REASON_WORDS: dict[str, str] = {
    "open": _N("Somebody was signed in and the window was not locked."),
    "plain": _N("People are named in what is not encrypted."),
    "password": _N("Somebody else knows a password that opens the office."),
    "unchecked": _N("An account has a password that the program never looked at."),
    "changed": _N("People may be dealt with by records that are wrong."),
}
FAULTS: dict[str, str] = {
    "in the future": _N("This lies in the future."),
    "which stick": _N("Choose the stick, or the file that was on it."),
    "not a moment": _N("Write day and time as 28/11/2026 14:30."),
}
FIELDS: dict[str, str] = {
    "kind": _N("What happened"),
    "noticed": _N("Noticed on, at"),
    "happened": _N("Happened on, if known"),
    "where": _N("Where"),
    "stick": _N("Which stick"),
    "taken": _N("Done so far"),
    "outcome": _N("How it ended"),
    "controller": _N("Controller: name and address"),
    "officer": _N("Data protection officer"),
    "officer_contact": _N("Officer’s phone and e-mail"),
    "registration": _N("Registration number"),
    "registered_on": _N("Registered on"),
    "assessed_on": _N("Impact assessment made on"),
    "authority_contact": _N("How the authority is reached"),
    "recipients": _N("Other recipients"),
    "safeguards": _N("Other safeguards"),
}
RULES: dict[str, tuple[str, str]] = {
    "breach closed": (_N("This was closed already."), _N("Note a new one if it goes on.")),
}  # fmt: skip
UNREADABLE: dict[str, str] = {
    "broken law": _N("The rules of the country in {file} cannot be used. {detail}."),
}
problems.register(rules=RULES, faults=FAULTS, fields=FIELDS, unreadable=UNREADABLE)


def say_held(loss: Loss, held: HeldData) -> str:
    """What the lost thing held, and what a finder could read, plainly."""
    said: list[str] = []
    people = many("{n} person", "{n} people", held.people)
    sheets = many("{n} questionnaire", "{n} questionnaires", held.sheets)
    if loss.kind == "laptop":
        words = _("It held the office itself, with {people} and {sheets}.")
        said += [words.format(people=people, sheets=sheets), _encrypted(held)]
    elif loss.kind == "stick" and held.copies:
        copies = many("{n} copy of the office", "{n} copies of the office", held.copies)
        said.append(
            _("It held {copies}, the fullest with {people} and {sheets}.").format(
                copies=copies, people=people, sheets=sheets
            )
        )
        said.append(_encrypted(held))
    elif loss.kind in ("password", "changed"):
        said.append(
            _("The office holds {people} and {sheets}.").format(
                people=people, sheets=sheets
            )
        )
    if held.plain:
        plain = many("{n} person", "{n} people", held.plain)
        said.append(
            _("Anybody can read what names {people}: it is not encrypted.").format(
                people=plain
            )
        )
    if loss.was_open:
        said.append(_("Whoever took it while it was open could go on reading."))
    return " ".join(said) or _("Nothing that names people is known to have been in it.")


def _encrypted(held: HeldData) -> str:
    words = _(
        "The file is encrypted (256-bit key). The key file lies beside it and opens with the password of any account: at "
        "least {least} characters and none of the common ones. Answers and scores need a screener’s account."
    ).format(least=LEAST)
    if held.unchecked:
        words += " " + many(
            "{n} account has an older password that was never looked at.",
            "{n} accounts have older passwords that were never looked at.",
            held.unchecked,
        )
    return words


def say_left(time: TimeLeft) -> str:
    """How much time is left, or by how much it is too late."""
    if time.left < timedelta():
        return _("{time} late").format(time=_span(-time.left))
    return _("{time} left").format(time=_span(time.left))


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    hours = minutes // 60
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes % 60)
    return _("{minutes} min").format(minutes=minutes)


def clock_line(
    untold: datetime | None, unreported: datetime | None, country: str, now: datetime
) -> str:
    """Both clocks in one line: of the first loss that the authority was not told of, and that it has no report on."""
    figures = of_country(country).figures
    said: list[str] = []
    if untold is not None:
        notice = time_left(untold, figures["notice_hours"].value, now)
        said.append(_("Tell the authority: {time}.").format(time=say_left(notice)))
    if unreported is not None:
        report = time_left(unreported, figures["report_hours"].value, now)
        said.append(_("Report: {time}.").format(time=say_left(report)))
    return " ".join(said) or _(
        "The authority has everything. Close it when it is over."
    )
