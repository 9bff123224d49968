"""The two lists of the Certificates place: the people of the groups, and the register; with the words of their states."""

from collections.abc import Callable

from cbs_desktop.certificates.queries import Candidate, Issued
from cbs_desktop.words import _, many
from ui.vocabulary import COMPLETION, chip
from ui.widgets.table import Column, Table

_N = str  # marks a word for the catalogues; it is translated when it is shown
STATES = {
    "to be printed": ("info", _N("To print")),
    "to be confirmed": ("warn", _N("Printed correctly?")),
    "printed": ("ok", _N("Printed")),
    "withdrawn": ("stop", _N("Withdrawn")),
    "replaced": ("quiet", _N("Replaced")),
}


def why(one: Candidate) -> str:
    """The sum that decides: sessions attended of those held, and what is missing."""
    stands = one.completion
    if one.gone:
        return _("left")
    if stands.state == "complete":
        return _("{n} of {held}").format(n=stands.attended, held=stands.held)
    missing = max(0, stands.needed - stands.attended)
    return _("{n} of {held}, {missing} short").format(
        n=stands.attended, held=stands.held, missing=missing
    )


def kind_of(one: Candidate) -> str:
    """Under which filter somebody is found."""
    if one.certificate:
        return "issued"
    if one.ready:
        return "ready"
    near = one.completion.state in ("nearly", "must not miss", "on the way", "complete")
    if near and not one.gone:
        return "nearly"
    return "not"


def people_table() -> Table:
    """The people of the groups with the sum of each; the name is the one that will be printed."""
    return Table(
        _("People of the groups"),
        [
            Column(
                _("Name"),
                lambda one: one.printed_name,
                strong=True,
                stretch=True,
                width=170,
            ),
            Column(_("Group"), lambda one: one.group, width=88),
            Column(
                _("Attended"), why, width=130, sort=lambda one: one.completion.attended
            ),
            Column(_("Status"), chip=_person_chip, width=132),
        ],
        tickable=True,
    )


def _person_chip(one: Candidate) -> tuple[str, str]:
    if one.gone:
        return ("quiet", _("Left"))
    if one.undrawn and not one.certificate:
        return ("stop", _("Correct name"))
    return chip(COMPLETION, one.completion.state)


def register_table(differs: Callable[[Issued], bool]) -> Table:
    """The certificates by number, with what became of each; `differs` says which disagree with the records."""

    def status(one: Issued) -> tuple[str, str]:
        if differs(one):
            return "warn", _("Differs")
        return _certificate_chip(one)

    return Table(
        _("Register of certificates"),
        [
            Column(
                _("Name"), lambda one: one.name, strong=True, stretch=True, width=150
            ),
            Column(
                _("Number"),
                lambda one: one.number,
                width=168,
                sort=lambda one: one.number,
            ),
            Column(_("Status"), chip=status, width=142),
        ],
        tickable=True,
    )


def _certificate_chip(one: Issued) -> tuple[str, str]:
    if one.state == "printed" and one.prints > 1:
        return "warn", many("Printed {n} time", "Printed {n} times", one.prints)
    return chip(STATES, one.state)
