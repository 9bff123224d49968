"""The program as it was before: every file read in the program itself, nothing asked about its size. For the proof that the
harness sees what the walls are for. The machine is kept safe by a limit on the whole process."""

import resource

from PIL import Image

from cbs_desktop.certificates import code_reader, trust_list
from cbs_desktop.outside import reading, toml_file
from cbs_desktop.outside.readers import READERS
from cbs_desktop.paper import picture
from cbs_desktop.sheets import books, layout, read

_NONE = 1 << 60
MEMORY = 3_000_000_000


def take_down():
    """No gate and no child."""
    layout._CELLS_MOST = _NONE
    read._BYTES_MOST = read._UNPACKED_MOST = read.ROWS_MOST = read.LINES_MOST = _NONE
    read._COLUMNS_MOST = _NONE
    books.ROWS_MOST = books.LINES_MOST = _NONE
    code_reader._PIXELS_MOST = code_reader._BYTES_MOST = _NONE
    picture._POINTS_MOST = picture.BYTES_MOST = trust_list.BYTES_MOST = _NONE
    toml_file.BYTES_MOST = _NONE
    Image.MAX_IMAGE_PIXELS = None
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    reading.read = in_the_program


def in_the_program(name, path, *args, progress=None):
    """As `reading.read`, without a child."""
    from importlib import import_module

    reader = READERS[name]
    parts = getattr(import_module(reader.module), reader.function)
    return list(parts(path, *args, progress=progress or (lambda done, total: None)))
