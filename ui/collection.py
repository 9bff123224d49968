"""Garbage collection in the window's thread alone: an object of Qt that dies in another thread ends the program."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

LIMITS = (
    700,
    10,
    10,
)  # Python's own: new objects, then collections of the generation below
INTERVAL = (
    50  # milliseconds: what a busy lane made in that time is looked through in a few
)


class Collector(QObject):
    """Takes garbage collection over from Python, which would run it in whichever thread allocates.

    Lives as long as its parent; make it in the window's thread.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(INTERVAL)
        timer.timeout.connect(self.collect)
        timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect what is due."""
        collect_due()


def set_aside() -> None:
    """Look no more at what lives now: what the imports made stays as long as the program.

    It is most of what lives; looking through it would stop the window for some 60 ms now and then.
    """
    gc.freeze()


def collect_due() -> int | None:
    """Collect the oldest generation that has passed its limit; which one it was, None when nothing is due."""
    counts = gc.get_count()
    for generation in (2, 1, 0):
        if counts[generation] > LIMITS[generation]:
            gc.collect(generation)
            return generation
    return None
