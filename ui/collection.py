"""Garbage collection in the window's thread alone: an object of Qt that dies in another thread ends the program."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

LIMITS = (
    700,
    10,
    10,
)  # Python's own: new objects, then collections of the generation below
INTERVAL = 250  # milliseconds


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


def collect_due() -> int | None:
    """Collect the oldest generation that has passed its limit; which one it was, None when nothing is due."""
    counts = gc.get_count()
    for generation in (2, 1, 0):
        if counts[generation] > LIMITS[generation]:
            gc.collect(generation)
            return generation
    return None
