"""The pages of a PDF on screen and on paper: turned, printed page by page, stopped half way."""

from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from cbs_desktop.errors import Cancelled
from ui.widgets.preview import Preview, opened, page_image, printer_for, send
from ui.work import ALONE, Work


def pdf(pages, size=A4):
    file = BytesIO()
    canvas = Canvas(file, pagesize=size)
    for n in range(pages):
        canvas.rect(100, 100 + 100 * n, 60, 60, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def black(image, n, high):
    """Whether the square of page n is where it was drawn."""
    scale = image.height() / high
    return (
        image.pixelColor(
            round(130 * scale), round((high - 130 - 100 * n) * scale)
        ).lightness()
        < 60
    )


@pytest.fixture
def preview(qtbot, dressed):
    made = Preview("Certificates")
    qtbot.addWidget(made)
    made.resize(500, 700)
    made.show()
    return made


def test_pages_are_turned_by_keys_and_end_at_the_ends(qtbot, preview):
    preview.show_pdf(pdf(3))
    assert preview._count.text() == "Page 1 of 3" and not preview._back.isEnabled()
    with qtbot.waitSignal(preview.turned) as turned:
        qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert turned.args == [1] and black(preview._page._image, 1, A4[1])
    for _ in range(5):
        qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview._count.text() == "Page 3 of 3" and not preview._on.isEnabled()
    preview.show_pdf(b"")
    assert not preview._count.text() and preview._page._image is None


def test_a_page_keeps_its_shape_in_any_room(preview, qtbot):
    preview.show_pdf(pdf(1))
    for size in ((300, 700), (900, 400)):
        preview.resize(*size)
        image = preview._page._image
        assert abs(image.width() / image.height() - A4[0] / A4[1]) < 0.02


@pytest.fixture
def printed(tmp_path):
    """A printer that prints into a file, and how to read what came out."""

    def make(content):
        printer = printer_for(content)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        return printer, tmp_path / "out.pdf"

    return make


def test_every_page_comes_out_whole_and_in_its_place(dressed, printed):
    content = pdf(3)
    told = []
    printer, out = printed(content)
    assert (
        send(content, printer, None, lambda done, total: told.append((done, total)))
        == 3
    )
    assert told == [(1, 3), (2, 3), (3, 3)]
    with opened(out.read_bytes()) as document:
        assert len(document) == 3
        high = document[0].get_size()[1]
        assert abs(high - A4[1]) < 2
        assert all(black(page_image(document, n, 1), n, high) for n in range(3))


def test_chosen_pages_and_pages_across(dressed, printed):
    content = pdf(3, landscape(A4))
    printer, out = printed(content)
    assert printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
    assert send(content, printer, [2]) == 1
    with opened(out.read_bytes()) as document:
        assert len(document) == 1 and document[0].get_width() > document[0].get_height()
        assert black(page_image(document, 0, 1), 2, document[0].get_height())


def test_printing_is_stopped_between_pages(dressed, printed):
    content = pdf(5)
    seen = []

    def stop(done, total):
        seen.append(done)
        if done == 2:
            raise Cancelled()

    with pytest.raises(Cancelled):
        send(content, printed(content)[0], None, stop)
    assert seen == [1, 2]


def test_turning_pages_while_printing(qtbot, preview, printed):
    content = pdf(6)
    seen = []
    owner = QObject()
    printer, out = printed(content)
    preview.show_pdf(content)
    Work(
        owner, send, content, printer, None, then=seen.append, failed=seen.append
    ).start()
    while not Work.idle():
        preview.show_page((preview._number + 1) % 6)
        qtbot.wait(1)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [6] and len(pypdfium2.PdfDocument(out)) == 6


def test_the_library_is_used_by_one_thread_at_a_time(qtbot):
    content = pdf(2)
    seen = []
    owner = QObject()

    def count():
        with opened(content) as document:
            return len(document)

    with ALONE:
        Work(
            owner, count, then=seen.append, failed=seen.append, takes_progress=False
        ).start()
        qtbot.wait(50)
        assert not seen
    qtbot.waitUntil(lambda: seen == [2])


def test_of_many_pages_only_the_one_that_is_looked_at_is_made(qtbot, dressed):
    made = []

    def make(number):
        made.append(number)
        return pdf(1)

    preview = Preview("Certificates")
    qtbot.addWidget(preview)
    preview.show_each(836, make)
    qtbot.waitUntil(lambda: preview._page._image is not None)
    assert made == [0] and preview._count.text() == "Page 1 of 836"
    preview.show_page(400)
    qtbot.waitUntil(lambda: preview._count.text() == "Page 401 of 836")
    assert made == [0, 400]
    preview.show_pdf(b"")
    assert preview.pages == 0 and preview._page._image is None
