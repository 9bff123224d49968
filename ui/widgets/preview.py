"""The real pages of a PDF, on screen and to a printer."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO

import pypdfium2
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPageLayout,
    QPageSize,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QSizePolicy, QWidget

from cbs_desktop.action import Progress
from cbs_desktop.errors import Cancelled, Unreadable
from cbs_desktop.words import _
from ui import theme
from ui.widgets.parts import button, label, line, rows
from ui.work import ALONE, Work

PRINT_DPI = 300


class PageView(QWidget):
    """One page, as large as its place allows, its shape kept."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(_("Page"))

    def show_image(self, image: QImage | None) -> None:
        """Show a page, or none."""
        self._image = image
        self.update()

    def room(self) -> QSize:
        """How many pixels there are for a page."""
        return self.size() * self.devicePixelRatio()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page on the desk."""
        if self._image is None:
            return
        size = QSize(self._image.size()).scaled(
            self.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        place = QRect(
            (self.width() - size.width()) // 2, 0, size.width(), size.height()
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        painter.setPen(theme.colour("edge"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF, opened for a while by this thread alone: the library under it crashes when two use it at once."""
    with ALONE:
        document = pypdfium2.PdfDocument(BytesIO(content))
        try:
            yield document
        finally:
            document.close()


def page_image(document: pypdfium2.PdfDocument, number: int, scale: float) -> QImage:
    """A page of an opened PDF; scale 1 is 72 dpi."""
    bitmap = document[number].render(
        scale=scale,  # pyright: ignore[reportArgumentType]
        rev_byteorder=True,
        prefer_bgrx=True,
    )
    made = QImage(
        bitmap.buffer,
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGBX8888,
    )
    return made.copy()


class Preview(QWidget):
    """The pages of a PDF one by one; Page Up and Page Down turn them."""

    turned = Signal(int)
    failed = Signal(object)  # a page that was asked for could not be made

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._number = 0
        self.pages = 0
        self._content = b""
        self._make: Callable[[int], bytes] | None = None
        self._page = PageView()
        self._count = label("", "small")
        self._back = button(
            _("Previous page"), self._turn_back, "plain", "previous", "PgUp"
        )
        self._on = button(_("Next page"), self._turn_on, "plain", "next", "PgDown")
        box = rows(gap=4)
        box.addWidget(self._page, 1)
        box.addLayout(line(self._back, None, self._count, None, self._on))
        self.setLayout(box)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_pdf(b"")

    @property
    def content(self) -> bytes:
        """The PDF that is shown."""
        return self._content

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF from its first page; nothing when it is empty."""
        self._content = content
        self._number = 0
        self.pages = 0
        self._make = None
        if content:
            with opened(content) as document:
                self.pages = len(document)
        self._draw()

    def show_each(self, pages: int, make: Callable[[int], bytes]) -> None:
        """Show many pages of which each is made when it is turned to: `make` gives the PDF of one, counted from 0."""
        self._content = b""
        self._number = 0
        self.pages = pages
        self._make = make
        self._fetch()

    def _fetch(self) -> None:
        if self._make is not None and self.pages:
            make = self._make
            number = self._number
            Work(
                self,
                partial(make, number),
                then=partial(self._fetched, make, number),
                failed=self.failed.emit,
                takes_progress=False,
            ).start()

    def _fetched(
        self, make: Callable[[int], bytes], number: int, content: bytes
    ) -> None:
        if (make, number) == (
            self._make,
            self._number,
        ):  # another page may have been turned to in between
            self._content = content
            self._draw()

    def show_page(self, number: int) -> None:
        """Turn to a page, counted from 0."""
        if 0 <= number < self.pages:
            self._number = number
            self._fetch() if self._make else self._draw()
            self.turned.emit(number)

    def _turn_back(self) -> None:
        self.show_page(self._number - 1)

    def _turn_on(self) -> None:
        self.show_page(self._number + 1)

    def _draw(self) -> None:
        self._back.setEnabled(self._number > 0)
        self._on.setEnabled(self._number + 1 < self.pages)
        if not self.pages or not self._content:
            self._count.setText("")
            self._page.show_image(None)
            return
        room = self._page.room()
        with opened(self._content) as document:
            shown = 0 if self._make else self._number
            wide, high = document[shown].get_size()
            scale = max(0.2, min(room.width() / wide, room.height() / high))
            self._page.show_image(page_image(document, shown, scale))
        self._count.setText(
            _("Page {n} of {m}").format(n=self._number + 1, m=self.pages)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new size wants a new picture."""
        super().resizeEvent(event)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys turn pages."""
        if event.key() == Qt.Key.Key_PageDown:
            self._turn_on()
        elif event.key() == Qt.Key.Key_PageUp:
            self._turn_back()
        else:
            super().keyPressEvent(event)


def printer_for(content: bytes) -> QPrinter:
    """A printer set to full pages of the PDF's shape, without margins of its own."""
    with opened(content) as document:
        wide, high = document[0].get_size()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(PRINT_DPI)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    if wide > high:
        shape = QPageLayout.Orientation.Landscape
    else:
        shape = QPageLayout.Orientation.Portrait
    printer.setPageOrientation(shape)
    printer.setFullPage(True)
    return printer


def send(
    content: bytes,
    printer: QPrinter,
    pages: Sequence[int] | None = None,
    progress: Progress | None = None,
) -> int:
    """Print a PDF page by page; how many pages went out. `progress(done, total)` may raise Cancelled."""
    painter = QPainter()
    if not painter.begin(printer):
        raise Unreadable(file=printer.printerName() or _("printer"), kind="no printer")
    try:
        with opened(content) as document:
            wanted = list(pages if pages is not None else range(len(document)))
        for done, number in enumerate(wanted):
            if done:
                printer.newPage()
            with opened(
                content
            ) as document:  # for each page anew, so that the preview gets its turn
                image = page_image(document, number, PRINT_DPI / 72)
            painter.drawImage(
                QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image
            )
            if progress:
                progress(done + 1, len(wanted))
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(wanted)
