"""The paper on which a mark stands: its picture, with the row of the person."""

from collections.abc import Sequence
from functools import partial

from cbs_desktop.scans import queries
from cbs_desktop.scans.layout import page_layout, shape_of
from cbs_desktop.scans.page_code import short
from cbs_desktop.scans.queries import MarkEvidence
from cbs_desktop.text import write_moment
from cbs_desktop.words import _
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.page_photo import PagePhoto


class Evidence:
    """Asks for the accepted page of a mark and shows it."""

    def __init__(self, page: Screen) -> None:
        self.page = page

    def ask(self, session_id: int, person_id: int) -> None:
        """The latest page on which this person stands at this session."""
        self.page.ask(queries.evidence_of, session_id, person_id, then=self._choose)

    def _choose(self, found: Sequence[MarkEvidence]) -> None:
        if not found:
            self.page.said.emit(_("No paper was read for this mark: it was typed."))
            return
        latest = found[0]
        if not latest.has_picture:
            said = _(
                "The page {code} was read; its picture was destroyed with a person whom it named."
            )
            self.page.said.emit(said.format(code=short(latest.code)))
            return
        then = partial(self._show, latest)
        self.page.ask(queries.page_picture, latest.scanned_id, then=then)

    def _show(self, one: MarkEvidence, image: bytes) -> None:
        shape = shape_of(one.shape)
        if not image or shape is None:
            said = _("The picture of page {code} is damaged. Check the office file.")
            self.page.said.emit(said.format(code=short(one.code)))
            return
        place = page_layout(shape)
        photo = PagePhoto()
        photo.setMinimumSize(420, 440)
        photo.show_page(image, place)
        photo.show_marks((), place.strips[one.row])
        facts = {
            "code": short(one.code),
            "who": one.read_by,
            "at": write_moment(one.read_at),
        }
        title = _("Page {code}, accepted by {who} on {at}").format(**facts)
        dialog = Dialog(self.page, title, photo, _("Close"), 760)
        dialog.main.clicked.connect(dialog.reject)
        dialog.cancel.hide()
        dialog.show()
