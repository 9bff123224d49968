"""What the child may do: the readers by name. Nothing else can be asked of it."""

from dataclasses import dataclass

FLAG = (
    "--read-outside"  # how the program is told to be a child; a reader's name follows
)

START_MOST = (
    30  # seconds: an old disk and a scanner of viruses are slow at the first time
)
MEMORY_MOST = 450_000_000  # bytes beyond what the reader takes before it has a file
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Reader:
    """A generator function `(path, *args, progress)` of plain values, by its module, and how many seconds it has.

    Once it has begun, `silent` is the longest time without a sign of life (a part of the answer, or progress), and
    `per_megabyte` what a large file adds to it; `most` is the longest time in all.
    """

    module: str
    function: str = "parts"
    silent: float = 6
    per_megabyte: float = 1
    most: float = 60

    def patience(self, size: int) -> float:
        """The seconds without a sign of life that a file of so many bytes may take."""
        return min(self.most, self.silent + self.per_megabyte * size / _MEGABYTE)


READERS = {
    "sheet": Reader("cbs_desktop.sheets.parts"),
    "raw sheets": Reader("cbs_desktop.sheets.raw_parts"),
    "questionnaire": Reader("cbs_desktop.screening.instrument_files"),
    "toml": Reader("cbs_desktop.outside.toml_file"),
    "logo": Reader("cbs_desktop.paper.picture"),
    # a scan of a whole season's certificates: hundreds of pages, each a sign of life
    "codes": Reader(
        "cbs_desktop.certificates.code_reader", silent=8, per_megabyte=0, most=900
    ),
    # photos of a whole week's registers in one PDF, each page a sign of life
    "scans": Reader("cbs_desktop.scans.reader", silent=15, per_megabyte=1, most=900),
    "check list": Reader("cbs_desktop.certificates.trust_list"),
}
