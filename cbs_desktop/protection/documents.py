"""On paper, without a participant’s name: the notice and the report of a loss, as drafts, and the register of processing."""

from datetime import datetime
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from cbs_desktop.paper.page import Head, flow, para, style
from cbs_desktop.protection.law import Law
from cbs_desktop.protection.problems import (
    KIND_WORDS,
    MEASURE_WORDS,
    REASON_WORDS,
    say_held,
)
from cbs_desktop.protection.processing import ProcessingRegister
from cbs_desktop.protection.processing_words import parts
from cbs_desktop.protection.queries import Case
from cbs_desktop.protection.rules import TELL, ControllerEntries, time_left
from cbs_desktop.text import day_in_figures, write_moment
from cbs_desktop.words import _

if TYPE_CHECKING:
    from cbs_desktop.office import Office

Part = tuple[str, str]  # a heading and its text
_LINE = "_" * 60


def notice(
    office: "Office", case: Case, law: Law, entries: ControllerEntries, now: datetime
) -> bytes:
    """The first notice: that something happened, and what is known of it."""
    title = _("Notice of a personal data breach")
    basis = _basis(case, law, "notice_hours", now)
    return _paper(office, title, law, entries, basis, _facts(case))


def report(
    office: "Office", case: Case, law: Law, entries: ControllerEntries, now: datetime
) -> bytes:
    """The report: nature, numbers, contact, measures, whether people are told."""
    title = _("Report on a personal data breach")
    basis = _basis(case, law, "report_hours", now)
    told = [*_facts(case), *_measures(case), _persons(case, law)]
    return _paper(office, title, law, entries, basis, told)


def _basis(case: Case, law: Law, hours: str, now: datetime) -> str:
    """Under which article a paper is to be given, and until when."""
    figure = law.figures[hours]
    due = time_left(case.loss.noticed, figure.value, now).due
    words = _("{law}, {article}: to be given by {moment}.")
    return words.format(law=law.name, article=figure.source, moment=write_moment(due))


def _facts(case: Case) -> list[Part]:
    loss = case.loss
    parts = [
        (_("What happened"), _(KIND_WORDS[loss.kind])),
        (_("Noticed"), write_moment(loss.noticed)),
    ]
    if loss.happened:
        parts.append((_("Happened on"), day_in_figures(loss.happened)))
    if loss.where:
        parts.append((_("Where"), loss.where))
    parts.append((_("What was affected"), say_held(loss, case.held)))
    parts.append((_("Kinds of data"), _kinds(case)))
    return parts


def _kinds(case: Case) -> str:
    if case.held.people:
        return _(
            "Names, ages, places and phones of participants; attendance; certificates. Background and screening results are "
            "kept apart from them."
        )
    return _(
        "Names of participants, and what stood beside them on the paper or in the file."
    )


def _measures(case: Case) -> list[Part]:
    taken = [f"– {_(MEASURE_WORDS[one])}" for one in case.measures if one in case.taken]
    planned = [
        f"– {_(MEASURE_WORDS[one])}" for one in case.measures if one not in case.taken
    ]
    return [
        (_("Measures taken"), "\n".join(taken) or _("none yet")),
        (_("Measures not yet taken"), "\n".join(planned) or _("none left")),
    ]


def _persons(case: Case, law: Law) -> Part:
    head = _("Informing the people concerned ({article})").format(
        article=law.articles["persons"]
    )
    if not case.reasons:
        return head, _("The risk to them is not high; we propose not to inform them.")
    why = " ".join(_(REASON_WORDS[reason]) for reason in case.reasons)
    if TELL in case.taken:
        return head, _("They have been informed. The risk is high: {why}").format(
            why=why
        )
    words = _(
        "The risk is high: {why} We propose to inform them in person, through their facilitators."
    )
    return head, words.format(why=why)


def _paper(
    office: "Office",
    title: str,
    law: Law,
    entries: ControllerEntries,
    basis: str,
    parts: list[Part],
) -> bytes:
    story: list[Flowable] = [
        para(title, style(18, strong=True)),
        Spacer(0, 4 * mm),
        para(_("To: {authority}").format(authority=law.authority), style(11)),
        *_lines(entries.authority_contact, 10),
        para(basis, style(9)),
        Spacer(0, 5 * mm),
    ]
    for head, text in parts:
        story.append(para(head, style(11, strong=True)))
        for each in text.split("\n"):
            story.append(para(each, style(10)))
        story.append(Spacer(0, 3 * mm))
    contact = _("Contact at the office (name, phone, e-mail):")
    known = f"{entries.officer}\n{entries.officer_contact}".strip()
    story += [para(contact, style(11, strong=True)), *_lines(known or _LINE, 10)]
    story.append(Spacer(0, 5 * mm))
    if entries.registration:
        words = _("Registered with the authority under {number}")
        story.append(para(words.format(number=entries.registration), style(10)))
        story.append(Spacer(0, 5 * mm))
    story += [para(_("Date and signature:"), style(11, strong=True)), para(_LINE)]
    foot = _("Draft made by the program. Read it, complete it, sign it.")
    return flow(story, Head(office.title, title, foot, practice=office.practice))


def _lines(text: str, size: float) -> list[Flowable]:
    """Each line of a text as a paragraph; none for no text."""
    made: list[Flowable] = []
    for each in text.split("\n"):
        if each:
            made.append(para(each, style(size)))
    return made


def processing_register(
    office: "Office", register: ProcessingRegister, law: Law, now: datetime
) -> bytes:
    """The register of processing: one to three pages, no name of a participant."""
    title = _("Register of processing activities")
    day = day_in_figures(now.astimezone().date())
    basis = _("{law}, {article}. As of {day}.").format(
        law=law.name, article=law.articles["register"], day=day
    )
    story: list[Flowable] = [
        para(title, style(18, strong=True)),
        Spacer(0, 2 * mm),
        para(basis, style(9)),
        Spacer(0, 4 * mm),
    ]
    for part in parts(register, office.title, law):
        block: list[Flowable] = [para(part.head, style(11, strong=True))]
        for each in part.lines:
            block.append(para(f"– {each}", style(9.5)))
        story += [KeepTogether(block), Spacer(0, 2.5 * mm)]
    foot = _(
        "Filled in by the program from what it holds and from what the office entered."
    )
    return flow(story, Head(office.title, title, foot, practice=office.practice))
