"""Pages as the reader would give them, made from letters: no picture is needed to test what comes of them."""

from cbs_desktop.scans import page_code, papers, queries
from cbs_desktop.scans.deciding import ReadBox
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.scans.queries import RegisterChoice
from cbs_desktop.scans.reading import ReadPage

PICTURE = b"a picture"
LETTERS = "PLEA"


def printed(office, round_id, **choice):
    """Print registers; the code and page of each."""
    from cbs_desktop.scans import actions

    made = papers.registers(office, round_id, RegisterChoice(**choice), ("rw", "fr"))
    office.do(actions.print_registers, made.noted, ("rw", "fr"))
    return made.noted


def read_page(office, code, page, letters, doubtful=(), problem="", picture=PICTURE):
    """A page on which a row says so: `letters` by row, or by (row, column); those of `doubtful` are not certain."""
    boxes = []
    for row in range(page.shape.rows):
        for column in range(page.shape.columns):
            said = letters.get((row, column), letters.get(row, ""))
            for choice, letter in enumerate(LETTERS):
                state = "marked" if letter in said else "empty"
                if state == "marked" and (row, column) in doubtful:
                    state = "doubtful"
                ink = 0.4 if letter in said else 0.01
                boxes.append(ReadBox(row, column, choice, ink, state))
    of = PageCode(page.shape, office.ask(queries.office_tag), code)
    text = page_code.text(of)
    return ReadPage(of, text, problem, (0, 1, 2, 3), tuple(boxes), picture, 1, 0.1)
