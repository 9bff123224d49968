"""Tables of a web page, and of a workbook in one XML file: both are saved by other programs under the name .xls."""

from html.parser import HTMLParser

_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_TABLES = frozenset({"table", "worksheet"})
_COLUMNS_MOST = 1_000


def tables(text: str) -> list[list[list[object]]]:
    """The rows of every table that has any."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    return [rows for rows in reader.tables if rows]


class _Tables(HTMLParser):
    """Cells by row. A cell over several rows or columns is blank in the others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[object]]] = []
        self._row: list[object] | None = None
        self._cell: list[str] | None = None
        self._wide = 1
        self._covered: dict[int, int] = {}  # column → rows below that a cell covers

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row or a cell begins."""
        if tag in _TABLES:
            self.tables.append([])
            self._covered.clear()
        elif tag in _ROWS:
            self._end_row()
            self._row = []
        elif tag in _CELLS and self._row is not None:
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A row or a cell ends."""
        if tag in _CELLS:
            self._end_cell()
        elif tag in _ROWS or tag in _TABLES:
            self._end_row()

    def handle_data(self, data: str) -> None:
        """What a cell says."""
        if self._cell is not None:
            self._cell.append(data)

    def _begin_cell(self, said: dict[str, str | None]) -> None:
        row = self._row
        if row is None:
            return
        place = _number(said.get("ss:index"), len(row) + 1) - 1
        row.extend([""] * (place - len(row)))
        while self._covered.get(len(row)):
            self._covered[len(row)] -= 1
            row.append("")
        more = _number(said.get("ss:mergeacross"), 0)
        self._wide = _number(said.get("colspan"), 1 + more)
        below = _number(said.get("rowspan"), 1) - 1
        for column in range(len(row), len(row) + self._wide):
            if below > 0:
                self._covered[column] = below
        self._cell = []

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        self._row.append(" ".join("".join(self._cell).split()))
        self._row.extend([""] * (self._wide - 1))
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None and self.tables:
            self.tables[-1].append(self._row)
        self._row = None


def _number(text: str | None, otherwise: int) -> int:
    """A number of columns or rows, within reason."""
    if text and text.isdecimal():
        return min(int(text), _COLUMNS_MOST)
    return otherwise
