"""QR codes: written at level Q as a one-bit mask inside the page, and read back from a picture."""

from typing import Any

import zxingcpp
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

# Trying all eight masks takes eight times as long; every reader reads every mask, and 30 mm at level Q need no best one.
_DATA_MASK = 3


def draw(to: Canvas, x: float, y: float, size: float, text: str) -> None:
    """Draw the code with its lower left corner at (x, y), `size` points wide, in the fill colour of the canvas.

    Leave four modules of white around it. Raises ValueError when the text is too long for a QR code.
    """
    modules, mask = _mask(text)
    # ReportLab has no call for an inline stencil mask; an image object instead would cost 700 bytes a page. Hexadecimal,
    # because Python writes it 50 times as fast as base 85; compressed with the page it is 50 bytes longer.
    to._code.append(  # pyright: ignore[reportAttributeAccessIssue]
        f"q {size:.6g} 0 0 {size:.6g} {x:.6g} {y:.6g} cm "
        f"BI /W {modules} /H {modules} /IM true /F /AHx ID {mask.hex()}>\nEI Q"
    )


def _mask(text: str) -> tuple[int, bytes]:
    """Modules on a side, and the rows in bits, each filled up to whole bytes, 0 for dark."""
    code = zxingcpp.create_barcode(
        text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q", data_mask=_DATA_MASK
    )
    image = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
    view = memoryview(image)  # pyright: ignore[reportArgumentType]
    side = view.shape[0] if view.shape else 0
    grey = Image.frombuffer(
        "L",
        (side, side),
        view,  # pyright: ignore[reportArgumentType]
        "raw",
        "L",
        0,
        1,
    )
    return side, grey.convert("1", dither=Image.Dither.NONE).tobytes()


_BINARIZERS = {
    "local": zxingcpp.Binarizer.LocalAverage,
    "global": zxingcpp.Binarizer.GlobalHistogram,
    "bool": zxingcpp.Binarizer.BoolCast,
}


def read(image: Any, light: str = "local") -> list[str]:
    """The texts of all QR codes in a picture (PIL image, QImage, or a buffer of grey rows), in the order found.

    `light` says how dark and light are told apart: against the neighbourhood (local), the whole (global), or it is black
    and white already (bool).
    """
    only = zxingcpp.BarcodeFormat.QRCode
    return [
        code.text
        for code in zxingcpp.read_barcodes(
            image,
            formats=only,  # pyright: ignore[reportArgumentType]
            binarizer=_BINARIZERS[light],
        )
    ]
