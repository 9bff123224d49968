"""Help: the keys, and what each place is for."""

from PySide6.QtWidgets import QGridLayout, QWidget

from cbs_desktop import resource
from cbs_desktop.words import _
from ui.desk import Desk
from ui.screen import Screen
from ui.widgets.parts import label, line, rows, scrolled, sheet


class HelpPage(Screen):
    """What every key does, and the season in ten sentences."""

    word = "help"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        content = resource.toml("help", "help.toml")
        keys = QGridLayout()
        keys.setHorizontalSpacing(16)
        for row, (key, does) in enumerate(content["keys"].items()):
            keys.addWidget(label(key, "strong"), row, 0)
            keys.addWidget(label(_(does), wrap=True), row, 1)
        keys.setColumnStretch(1, 1)
        keys.setRowStretch(len(content["keys"]), 1)
        season = rows(
            *(
                label(f"{n}. {_(step)}", wrap=True)
                for n, step in enumerate(content["season"], 1)
            ),
            None,
            gap=10,
        )
        left = rows(
            label(_("The season step by step"), "head"),
            season,
            gap=12,
            margin=(16, 14, 16, 14),
        )
        right = rows(label(_("Keys"), "head"), keys, gap=12, margin=(16, 14, 16, 14))
        inside = QWidget()
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addWidget(sheet(left), 1)
        box.addWidget(sheet(right), 1)
        inside.setLayout(box)
        self.setLayout(rows(scrolled(inside)))
        self.tell(
            _(
                "Everything works without internet. Ctrl+Z undoes your "
                "last action, even tomorrow."
            )
        )
