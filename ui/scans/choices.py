"""What a person has decided of a page so far, and where they are on it: no widgets, so that keys can be counted in tests."""

from cbs_desktop.scans.assessing import LEFT_OUT, Cell, PageFindings, ReadCell
from cbs_desktop.scans.layout import MarkBox, PageLayout
from ui.widgets.page_photo import DrawnMark


class PageChoices:
    """The cells of a page in the order of the paper, one of them the current one, and the letters that were decided.

    `by_hand`: nothing could be read, so that every cell is open until it is typed or left unmarked.
    """

    def __init__(self, findings: PageFindings, by_hand: bool = False) -> None:
        self.findings = findings
        self.by_hand = by_hand
        self.decided: dict[Cell, str] = {}
        self.cells = [one for one in findings.cells if one.state not in LEFT_OUT]
        self.current: ReadCell | None = None
        self.go_to_open()

    @property
    def open(self) -> list[ReadCell]:
        """What still has to be decided, doubts first; typed by hand, from the first row down."""
        wanted = self.cells if self.by_hand else self.findings.to_decide
        return [one for one in wanted if one.place not in self.decided]

    def renew(self, findings: PageFindings) -> None:
        """The page was looked at once more, with another day or another person; what was decided stays."""
        place = self.current.place if self.current else None
        self.findings = findings
        self.cells = [one for one in findings.cells if one.state not in LEFT_OUT]
        self.current = next((one for one in self.cells if one.place == place), None)
        if self.current is None:
            self.go_to_open()

    def go_to_open(self) -> None:
        """The first cell that is open; none where everything is decided."""
        self.current = next(iter(self.open), None)

    def step(self, by: int) -> None:
        """The next cell of the page, or the one before, also one that is clear: what was read can be corrected."""
        if not self.cells:
            return
        if self.current not in self.cells:
            self.current = self.cells[0 if by > 0 else -1]
            return
        place = self.cells.index(self.current) + by
        self.current = self.cells[place % len(self.cells)]

    def go_to(self, row: int, column: int) -> None:
        """One cell of the page."""
        for one in self.cells:
            if one.place == (row, column):
                self.current = one

    def decide(self, letter: str) -> None:
        """A letter for the current cell, "" to leave it as it is; then on to what is open."""
        if self.current is None:
            return
        self.decided[self.current.place] = letter
        if self.open:
            self.go_to_open()

    def letter(self, cell: ReadCell) -> str:
        """What will stand in a cell once the page is accepted."""
        if chosen := self.decided.get(cell.place):
            return chosen
        if cell.place in self.decided or cell.state == "conflict":
            return cell.recorded
        return cell.letter or cell.recorded

    def drawn(self, place: PageLayout, letters: tuple[str, ...]) -> list[DrawnMark]:
        """What is drawn over the picture: of each marked cell its box."""
        boxes: dict[tuple[int, int, int], MarkBox] = {}
        for box in place.boxes:
            boxes[box.row, box.column, box.choice] = box
        found: list[DrawnMark] = []
        for cell in self.cells:
            letter = self.decided.get(cell.place) or cell.letter
            if letter not in letters:
                continue
            box = boxes[(*cell.place, letters.index(letter))]
            found.append(DrawnMark(box.rect, letter, self._sign(cell)))
        return found

    def _sign(self, cell: ReadCell) -> str:
        if cell.place in self.decided:
            return "typed"
        if cell.state == "blank":
            return "same"
        return cell.state
