"""Saving the blank form of a questionnaire, for anybody or for one person; its pages are noted, so that they can be read back."""

from functools import partial
from pathlib import Path

from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.scans import actions, papers
from cbs_desktop.scans.papers import PrintedForm
from cbs_desktop.words import _
from ui.screen import Screen
from ui.widgets.outgoing import keep, save_as


def ask_where(page: Screen, key: str, person_id: int = 0) -> None:
    """Ask where the form goes, then write it."""

    def write(path: Path, _to: Recipient) -> None:
        write_form(page, key, path, person_id)

    title = _("Save the blank form")
    save_as(page, page.desk, "blank form", title, f"{key}.pdf", "*.pdf", write)


def write_form(page: Screen, key: str, path: Path, person_id: int = 0) -> None:
    """Draw the form beside the window, note its pages, and write it."""
    people = int(bool(person_id))

    def made(paper: PrintedForm) -> None:
        then = partial(_keep, page, paper, path, people)
        if paper.noted:
            page.do(actions.print_forms, paper.noted, then=then)
        else:
            then()

    page.work(
        _("Creating the blank form"),
        papers.blank_form,
        page.desk.office,
        key,
        person_id,
        then=made,
        takes_progress=False,
    )


def _keep(
    page: Screen, paper: PrintedForm, path: Path, people: int, *_noted: object
) -> None:
    said = _("Saved as {file}")
    if paper.noted:
        said = _("Saved as {file}. What comes back is read under Read registers")
    what = Outgoing("blank form", people)
    keep(page, what, {path: paper.content}, said.format(file=path.name))
