"""The system's own signals: the laptop is put to sleep, or its screen is locked. Then the office is locked as well.

Windows tells a window of both, the second one after it was asked to (winuser.h: WM_POWERBROADCAST with PBT_APMSUSPEND;
wtsapi32.h: WM_WTSSESSION_CHANGE with WTS_SESSION_LOCK). Other systems are noticed by the clock (`ui/lock.py`).
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from PySide6.QtWidgets import QApplication, QWidget

POWER, SUSPENDS = 0x218, 4
SESSION, LOCKS = 0x2B1, 7
_THIS_SESSION = 0


class SystemLock(QAbstractNativeEventFilter):
    """Calls `lock` when the system sleeps or is locked, as long as it lives."""

    def __init__(self, window: QWidget, lock: Callable[[], object]) -> None:
        super().__init__()
        self._lock = lock
        app = QApplication.instance()
        if sys.platform == "win32" and app is not None:  # nobody else sends these
            app.installNativeEventFilter(self)
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(
                int(window.winId()), _THIS_SESSION
            )

    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Looks at a message and lets it pass."""
        if QByteArray(eventType).startsWith(b"windows_"):
            told = wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) in ((POWER, SUSPENDS), (SESSION, LOCKS)):
                self._lock()
        return False, 0
