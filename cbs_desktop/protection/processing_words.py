"""The register of processing in words: heads with their lines, for the screen, the paper and the command line."""

from dataclasses import dataclass

from cbs_desktop.exports.actions import where_words, whom_words
from cbs_desktop.exports.kinds import KINDS
from cbs_desktop.exports.rules import OWN_USE
from cbs_desktop.protection.law import Law, LawFigure
from cbs_desktop.protection.processing import Disclosure, ProcessingRegister
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _, many

_N = str  # marks a word for the catalogues; it is translated when it is shown

PURPOSE_WORDS: dict[str, str] = {
    "programme": _N("Taking part in sociotherapy: registration, groups, attendance and certificates"),
    "screening": _N("Questionnaires before and after, and the decision on the right support"),
    "photo": _N("Photographs and stories"),
    "sharing": _N("Passing data on to others who help"),
    "follow-up": _N("Visits and questionnaires after the programme"),
}  # fmt: skip
ROLE_WORDS: dict[str, tuple[str, str]] = {
    "coordinator": (_N("{n} coordinator"), _N("{n} coordinators")),
    "screener": (_N("{n} screener"), _N("{n} screeners")),
    "clerk": (_N("{n} clerk"), _N("{n} clerks")),
    "auditor": (_N("{n} auditor"), _N("{n} auditors")),
}


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """A head of the register and the lines beneath it."""

    head: str
    lines: tuple[str, ...]


def parts(register: ProcessingRegister, office: str, law: Law) -> list[RegisterPart]:
    """The whole register, in the order of the law."""
    of = law.articles
    found = [
        (_("Controller"), _controller(register, office)),
        (_("Registration ({article})"), _registration(register, law)),
        (_("Data protection officer ({article})"), _officer(register)),
        (_("Purposes"), _purposes(register)),
        (_("Categories of people"), _people(register)),
        (_("Categories of data, and who can open them"), _data(register)),
        (_("Who holds an account"), _accounts(register)),
        (_("Recipients in the last 12 months"), _recipients(register)),
        (_("Transfers abroad ({article})"), _transfers(register, law)),
        (_("How long data are kept"), _retention(register, law)),
        (_("Where copies lie"), _copies(register)),
        (_("Safeguards"), _safeguards(register)),
        (_("Impact assessment ({article})"), _assessment(register)),
    ]
    articles = ("", "registration", "officer", "", "", "", "", "", "abroad", "", "", "", "assessment")  # fmt: skip
    made: list[RegisterPart] = []
    for (head, lines), key in zip(found, articles, strict=True):
        article = of[key] if key else ""
        made.append(RegisterPart(head.format(article=article), tuple(lines)))
    return made


def missing(register: ProcessingRegister) -> str:
    """What the office has yet to add, in a sentence; empty when nothing is."""
    e = register.entries
    wanted = (
        (e.controller, _("the controller’s name and address")),
        (e.registration, _("the registration number")),
        (e.officer, _("the data protection officer")),
        (e.assessed_on, _("the day of the impact assessment")),
        (e.authority_contact, _("how the authority is reached")),
    )
    lacking: list[str] = []
    for value, word in wanted:
        if not value:
            lacking.append(word)
    if not lacking:
        return ""
    return _("Still to be added: {what}.").format(what=", ".join(lacking))


def _controller(register: ProcessingRegister, office: str) -> list[str]:
    named = register.entries.controller.split("\n")
    return (
        [office, *filter(None, named)]
        if named != [""]
        else [office, _("Name and address not entered yet.")]
    )


def _unsaid() -> str:
    return _("Not entered yet.")


def _registration(register: ProcessingRegister, law: Law) -> list[str]:
    e = register.entries
    lines = [_("Authority: {name}").format(name=law.authority)]
    lines += list(filter(None, e.authority_contact.split("\n")))
    if not e.registration:
        return [*lines, _("No registration number yet.")]
    number = _("Registration number: {number}").format(number=e.registration)
    if e.registered_on:
        words = _("{number}, of {day}")
        number = words.format(number=number, day=day_in_figures(e.registered_on))
    return [*lines, number]


def _officer(register: ProcessingRegister) -> list[str]:
    e = register.entries
    said = [e.officer, *e.officer_contact.split("\n")]
    return list(filter(None, said)) or [_unsaid()]


def _purposes(register: ProcessingRegister) -> list[str]:
    lines: list[str] = []
    for purpose, word in PURPOSE_WORDS.items():
        count = register.consents.get(purpose, 0)
        people = many("{n} person consents", "{n} people consent", count)
        lines.append(_("{purpose} ({people})").format(purpose=_(word), people=people))
    lines.append(
        _(
            "Each person’s consent is recorded for each purpose with its day, its form and its language, and can be withdrawn."
        )
    )
    return lines


def _people(register: ProcessingRegister) -> list[str]:
    n = register.counts
    return [
        many("{n} participant", "{n} participants", n["people"]),
        many("{n} facilitator", "{n} facilitators", n["facilitators"]),
        _("Guardians of children, and witnesses of consent"),
        many(
            "{n} member of staff with an account",
            "{n} members of staff with accounts",
            sum(register.roles.values()),
        ),
    ]


def _data(register: ProcessingRegister) -> list[str]:
    n = register.counts
    sheets = many("{n} questionnaire", "{n} questionnaires", n["questionnaires"])
    papers = many("{n} certificate", "{n} certificates", n["certificates"])
    sealed = _(
        "Answers and scores ({sheets}; sensitive), reasons of decisions, safety cards: sealed to screeners."
    )
    return [
        _("Name, sex, year of birth, place, phone, identity number: coordinators, screeners and clerks."),
        _("Groups and attendance: coordinators, screeners and clerks."),
        _("Certificates ({papers}): coordinators, screeners and clerks.").format(papers=papers),
        _("Background (sensitive): sealed to coordinators and screeners."),
        sealed.format(sheets=sheets),
        _("Who must not be in one group: coordinators and screeners."),
        _("Requests of people about their data: coordinators."),
        _("Journal and this register: coordinators and auditors."),
        _("Ethnicity, what is told in sessions and details of crimes are never recorded."),
    ]  # fmt: skip


def _accounts(register: ProcessingRegister) -> list[str]:
    said: list[str] = []
    for role, (one, more) in ROLE_WORDS.items():
        if count := register.roles.get(role, 0):
            said.append(many(one, more, count))
    if not said:
        return [_("The list of accounts is signed when a coordinator next signs in.")]
    return [
        _("{roles}. One person may hold several roles.").format(roles=", ".join(said))
    ]


def _recipients(register: ProcessingRegister) -> list[str]:
    lines: list[str] = []
    own = 0
    for one in register.left:
        if one.to.who == OWN_USE:
            own += one.times
        else:
            lines.append(_disclosed(one))
    if own:
        times = many("{n} paper or file", "{n} papers and files", own)
        lines.append(
            _("Own use in the office, and prints: {times}").format(times=times)
        )
    lines += list(filter(None, register.entries.recipients.split("\n")))
    return lines or [_("Nothing that names people has left.")]


def _disclosed(one: Disclosure) -> str:
    words = _("{whom}: {what}, {times}, {people} in all")
    return words.format(
        whom=whom_words(one.to),
        what=_(KINDS[one.kind].word),
        times=many("{n} time", "{n} times", one.times),
        people=many("{n} person", "{n} people", one.people),
    )


def _transfers(register: ProcessingRegister, law: Law) -> list[str]:
    lines: list[str] = []
    for one in register.left:
        if one.to.country:
            lines.append(_disclosed(one))
    if not lines:
        lines.append(_("None in the last 12 months."))
    if not law.storage_abroad:
        lines.append(
            _("The program stores nothing abroad: it uses no network and no cloud.")
        )
    return lines


def _retention(register: ProcessingRegister, law: Law) -> list[str]:
    """By the office's own periods, else those of the country."""
    answers = _("Answers of questionnaires: {months} months after the round ({source})")
    identity = _(
        "Identity and contact: {months} months after the last activity ({source})"
    )
    lines: list[str] = []
    for kind, key, kept in (
        ("answers", "keep_answers_months", answers),
        ("identity", "keep_identity_months", identity),
    ):
        figure = law.figures[key]
        months, source = figure.value, _source(figure)
        if chosen := register.periods.get(kind):
            months, source = chosen, _("chosen by the office")
        lines.append(kept.format(months=months, source=source))
    return [
        *lines,
        _("Numbers without names: for good"),
        _("On request a person is erased before that; the copies that still hold the person are named and can be destroyed."),
    ]  # fmt: skip


def _source(figure: LawFigure) -> str:
    """Where a figure stands; one that the law does not give is said to be proposed by the program."""
    return figure.source.replace("PROPOSAL", _("proposed by the program"))


def _copies(register: ProcessingRegister) -> list[str]:
    lines = [_("Automatic copies, encrypted, beside the office on its own computer")]
    if register.sticks:
        sticks = many(
            "{n} numbered USB stick", "{n} numbered USB sticks", register.sticks
        )
        lines.append(_("Backups, encrypted, on {sticks}").format(sticks=sticks))
    for place in register.backup_places:
        where = where_words(place, 0)
        lines.append(_("Backups, encrypted, on: {where}").format(where=where))
    return lines


def _safeguards(register: ProcessingRegister) -> list[str]:
    lines = [
        _("The office is one encrypted file (256-bit key); every account has its own password."),
        _("Sensitive values are sealed a second time, to those who may read them."),
        _("Permissions by role; the window locks itself after a few minutes."),
        _("Every change, every print and every file that leaves is kept in a journal that shows tampering."),
    ]  # fmt: skip
    return lines + list(filter(None, register.entries.safeguards.split("\n")))


def _assessment(register: ProcessingRegister) -> list[str]:
    if register.entries.assessed_on is None:
        return [_unsaid()]
    day = day_in_figures(register.entries.assessed_on)
    return [_("Made on {day}").format(day=day)]
