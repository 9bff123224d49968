"""The messages of Windows that the laptop sleeps or is locked, as their bytes lie in memory."""

import ctypes
from ctypes import wintypes

import pytest
from PySide6.QtWidgets import QWidget

from ui.system_lock import SystemLock

SUSPEND, RESUME = (0x218, 4), (0x218, 18)
LOCK, UNLOCK = (0x2B1, 7), (0x2B1, 8)


@pytest.mark.parametrize(
    ("message", "locked"),
    [(SUSPEND, 1), (LOCK, 1), (RESUME, 0), (UNLOCK, 0), ((0x200, 7), 0)],
)
def test_the_office_is_locked_with_the_system(qtbot, message, locked):
    window = QWidget()
    qtbot.addWidget(window)
    said = []
    watch = SystemLock(window, lambda: said.append(True))
    told = wintypes.MSG()
    told.message, told.wParam = message
    address = ctypes.addressof(told)
    assert watch.nativeEventFilter(b"windows_generic_MSG", address) == (False, 0)
    assert watch.nativeEventFilter(b"xcb_generic_event_t", address) == (False, 0)
    assert len(said) == locked
