"""Check a certificate by a photo, scan, PDF or text: what it is, who signed it, and how old that knowledge is."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from cbs_desktop.action import Progress
from cbs_desktop.certificates import (
    guarded,
    queries,
    trust,
    verdict_words,
    verifier_page,
)
from cbs_desktop.certificates.trust import ListedOffice
from cbs_desktop.certificates.trust_list import TrustList
from cbs_desktop.certificates.verification import Verdict
from cbs_desktop.errors import NotACertificate
from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.words import _, many
from ui.certificates import trust_dialogs
from ui.desk import Desk
from ui.screen import PageAction, Screen
from ui.widgets.outgoing import keep, save_as
from ui.widgets.parts import (
    Chip,
    Facts,
    clear,
    label,
    line,
    rows,
    rule,
    scrolled,
    sheet,
)
from ui.widgets.table import Column, Table

KINDS = {
    "genuine": "ok",
    "altered": "stop",
    "revoked": "stop",
    "unknown key": "warn",
    "not in the register": "warn",
}


def _table() -> Table:
    return Table(
        _("Certificates found"),
        [
            Column(_("Name"), _name, strong=True, stretch=True, width=150),
            Column(
                _("Number"),
                lambda one: one.facts.number if one.facts else "–",
                width=168,
            ),
            Column(
                _("Status"),
                chip=lambda one: (
                    KINDS.get(one.state, "quiet"),
                    verdict_words.head(one),
                ),
                width=150,
            ),
        ],
    )


class CheckCertificate(Screen):
    """Open a picture or paste a text; each certificate found is a line, and the chosen one is told in full."""

    word = "checking"
    watches = frozenset({"certificates", "settings"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._offer()
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Code text"))
        self.text.setPlaceholderText(
            _("Or paste the code text here; it begins with CBS2: or CBS1:")
        )
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(76)
        self.table = _table()
        self.table.chosen.connect(self._tell)
        self.state = Chip()
        self.meaning = label("", wrap=True)
        self.facts = Facts()
        self._lists = rows(gap=4)
        self._build()
        self._tell(None)

    def _offer(self) -> None:
        self.offer(
            PageAction(
                _("Open a photo, scan or PDF"),
                "Ctrl+O",
                "import",
                self.open_file,
                queries.verdicts,
            ),
            PageAction(
                _("Verify the text"),
                "Ctrl+Return",
                "check",
                self.check_text,
                queries.verdicts,
            ),
            PageAction(
                _("Import another office’s list"),
                "",
                "import",
                self.take_list,
                trust.take_list,
            ),
            PageAction(
                _("Export our list for other offices"),
                "",
                "export",
                self.give_list,
                trust.give_list,
            ),
            PageAction(
                _("Save a verification page for any browser"),
                "",
                "export",
                self.write_page,
                queries.known,
            ),
            PageAction(
                _("Create the root key"), "", "lock", self.make_root, trust.make_root
            ),
        )

    def _build(self) -> None:
        left = rows(rows(self.text, margin=(16, 14, 16, 12)), rule(), gap=0)
        left.addWidget(self.table, 1)
        told = QWidget()
        told.setLayout(
            rows(line(self.state, None), self.meaning, self.facts, None, gap=12)
        )
        right = rows(gap=12, margin=(16, 14, 16, 12))
        right.addWidget(scrolled(told), 1)
        right.addWidget(rule())
        right.addWidget(label(_("Lists used for verification"), "head"))
        right.addLayout(self._lists)
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addWidget(sheet(left), 1)
        box.addWidget(sheet(right), 1)
        self.setLayout(box)

    def refresh(self) -> None:
        """Ask which lists are here, and judge again what is shown."""
        self.ask(queries.lists_here, then=self._show_lists)

    def _show_lists(self, found: list[ListedOffice]) -> None:
        clear(self._lists)
        for one in found:
            old = one.age > verdict_words.OLD
            self._lists.addWidget(
                label(verdict_words.listed(one), "fault" if old else "small", wrap=True)
            )
        if found and not found[0].fingerprint:
            words = _(
                "No root key yet: other offices cannot verify our "
                "certificates. Menu: Create the root key."
            )
            self._lists.addWidget(label(words, "small", wrap=True))
        self.tell(
            many(
                "Certificates of {n} office can be verified here",
                "Certificates of {n} offices can be verified here",
                len(found),
            )
        )

    # --- checking

    @Slot()
    def check_text(self) -> None:
        """Check what was pasted; every line may hold a code."""
        texts = [
            text
            for text in map(str.strip, self.text.toPlainText().splitlines())
            if text
        ]
        if texts:
            self.ask(queries.verdicts, texts, then=self._show)
        else:
            self.said.emit(_("Paste the text of a code first, or open a picture."))

    @Slot()
    def open_file(self) -> None:
        """Look for codes in a file."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Open a photo, scan or PDF"), "", "*.png *.jpg *.jpeg *.pdf"
        )
        if path:
            self.check_file(Path(path))

    def check_file(self, path: Path) -> None:
        """The same for a file that is known already."""

        def read(progress: Progress) -> list[str]:
            found = guarded.codes(path, progress)
            if not found:
                raise NotACertificate(file=path.name)
            return found

        self.work(_("Looking for codes"), read, then=self._found)

    def _found(self, texts: list[str]) -> None:
        self.text.setPlainText("\n".join(texts[:20]))
        self.ask(queries.verdicts, texts, then=self._show)

    def _show(self, found: list[Verdict]) -> None:
        worst = sorted(
            found, key=lambda one: one.state == "genuine"
        )  # what needs a look stands first
        self.table.show_rows(worst, key=lambda one: (one.facts, one.state))
        self._tell(worst[0] if worst else None)
        self.table.setFocus()

    def _tell(self, found: Verdict | None) -> None:
        if found is None:
            self.state.tell("quiet", "")
            self.meaning.setText(
                _("Open a picture or paste a text. Nothing leaves this laptop.")
            )
            self.facts.show_facts([])
            return
        self.state.tell(KINDS.get(found.state, "quiet"), verdict_words.head(found))
        parts = [verdict_words.meaning(found)]
        if found.facts:
            believed = found.state in ("genuine", "revoked")
            parts.append(
                _("Compare this with the paper, and the name with the person.")
                if believed
                else _("Claimed, but not proven:")
            )
        self.meaning.setText(" ".join(parts))
        self.facts.show_facts(verdict_words.facts(found))

    # --- what checking needs

    @Slot()
    def take_list(self) -> None:
        """Another office's list from a file."""
        path, _kind = QFileDialog.getOpenFileName(
            self, _("Import another office’s list"), "", "*.json"
        )
        if path:
            trust_dialogs.take(self, Path(path))

    @Slot()
    def give_list(self) -> None:
        """A new list of this office, to be carried to others."""

        def chosen(path: Path, _to: Recipient) -> None:
            written = partial(self._written, "checking list", path)
            self.do(trust.give_list, then=written)

        title = _("Export our list for other offices")
        name = "check-list.json"
        save_as(self, self.desk, "checking list", title, name, "*.json", chosen)

    @Slot()
    def write_page(self) -> None:
        """A page that checks in any browser, with what is known here today."""

        def chosen(path: Path, _to: Recipient) -> None:
            self.ask(queries.known, then=partial(write, path))

        def write(path: Path, known: list[TrustList]) -> None:
            self._written("checking page", path, verifier_page.page(known))

        title = _("Save the page")
        name = "check-certificates.html"
        save_as(self, self.desk, "checking page", title, name, "*.html", chosen)

    def _written(self, kind: str, path: Path, content: str) -> None:
        said = _("Saved as {file}").format(file=path.name)
        keep(self, Outgoing(kind), {path: content.encode()}, said)

    @Slot()
    def make_root(self) -> None:
        """The root key, once."""
        trust_dialogs.make_root(self)

    def find_in_list(self) -> None:
        """Ctrl+F goes to the text."""
        self.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list goes nowhere; Esc empties the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.text.clear()
        else:
            super().keyPressEvent(event)


def _name(one: Verdict) -> str:
    if one.facts:
        return one.facts.name
    return "–"
