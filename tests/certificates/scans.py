"""Certificates as scanners and pockets leave them: turned, blurred, noisy, with a blot on the code."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

DPI = 200


def pages(content):
    """Every page of a PDF as a grey picture, with the text of its code and where that is (x, y, side)."""
    document = pypdfium2.PdfDocument(BytesIO(content))
    for page in document:
        image = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        (code,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
        corner = code.position.top_left
        other = code.position.bottom_right
        yield image, code.text, (corner.x, corner.y, other.x - corner.x)
    document.close()


def spoilt(image, place, rng, blot=0.15):
    """The page with a blot over that share of its code, turned by up to 5 degrees and by quarters, blurred and noisy."""
    x, y, side = place
    image = image.copy()
    shape = rng.uniform(0.6, 1.6)
    wide = (blot * side * side * shape * 4 / 3.1416) ** 0.5
    high = wide / shape
    middle = (x + rng.uniform(0.1, 0.9) * side, y + rng.uniform(0.1, 0.9) * side)
    box = [
        middle[0] - wide / 2,
        middle[1] - high / 2,
        middle[0] + wide / 2,
        middle[1] + high / 2,
    ]
    ImageDraw.Draw(image).ellipse(box, fill=rng.choice([0, 40, 120, 255]))
    angle = rng.uniform(-5, 5) + rng.choice([0, 0, 90, 180, 270])
    image = image.rotate(
        angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC
    )
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.2)))
    noise = Image.effect_noise(image.size, rng.uniform(5, 25))
    return ImageChops.add(image, noise, offset=-128)
