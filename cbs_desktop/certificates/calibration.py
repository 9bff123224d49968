"""A calibration page for pre-printed paper: crosses that show by how many mm a printer is off."""

from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from cbs_desktop.certificates.documents import PrintSettings, put
from cbs_desktop.paper import fonts
from cbs_desktop.paper.page import INK, LANDSCAPE, Head, canvas
from cbs_desktop.words import _


def calibration(sheet: PrintSettings) -> bytes:
    """A page of crosses 20 mm from the corners, to see by how many mm a printer is off; the offsets of the look are in it."""
    buffer = BytesIO()
    look = sheet.look
    to = canvas(buffer, LANDSCAPE, Head(sheet.office, _("Calibration page")))
    to.translate(look.right * mm, look.up * mm)
    to.setStrokeColor(INK)
    to.setLineWidth(0.4)
    wide, high = LANDSCAPE
    for x in (20 * mm, wide - 20 * mm):
        for y in (20 * mm, high - 20 * mm):
            _cross(to, x, y)
    says = (
        _("Calibration page"),
        _(
            "Print it at actual size (100 %, no “fit to page”) on your "
            "pre-printed paper, or hold both against the light."
        ),
        _(
            "Each cross must stand 20 mm from both edges of the paper; its ticks are 1 mm apart."
        ),
        _(
            "If it prints n mm too far left or too low, enter n to the "
            "right or up. Then print this page again."
        ),
        _("Current setting: {right} mm to the right, {up} mm up.").format(
            right=f"{look.right:g}", up=f"{look.up:g}"
        ),
    )
    y = high / 2 + 50
    font = fonts.STRONG
    for text in says:
        put(to, wide / 2, y, text, font, 12, INK, "center", 620)
        font = fonts.TEXT
        y -= 22
    to.save()
    return buffer.getvalue()


def _cross(to: Canvas, x: float, y: float) -> None:
    """Two arms of 10 mm each way, with a tick every mm and a longer one every 5 mm."""
    arm = 10 * mm
    to.line(x - arm, y, x + arm, y)
    to.line(x, y - arm, x, y + arm)
    for step in range(-10, 11):
        length = 1.5 * mm
        if step % 5 == 0:
            length = 2.5 * mm
        _ticks(to, x, y, step * mm, length / 2)


def _ticks(to: Canvas, x: float, y: float, away: float, half: float) -> None:
    """A tick on each arm, as far away from the middle."""
    across = x + away
    to.line(across, y - half, across, y + half)
    up = y + away
    to.line(x - half, up, x + half, up)
