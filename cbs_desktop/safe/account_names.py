"""Which names an account may have: like those of people, and none that could be taken for another account."""

import unicodedata

from cbs_desktop.errors import Fault, Invalid, NameTaken
from cbs_desktop.safe.keys import RECOVERY
from cbs_desktop.text import clean, fold, text_faults

MOST = 40  # characters
# letters that look like others on a screen; those of other scripts are refused as such
_ALIKE = str.maketrans("0|1lj5", "oiiiis")


def look(name: str) -> str:
    """What a name looks like: names that look the same count as the same."""
    return fold(unicodedata.normalize("NFKC", name)).replace(" ", "").translate(_ALIKE)


def checked(name: str, others: list[str]) -> str:
    """The name as it is kept. NameTaken for an empty one and one that looks like another account; Invalid for signs that
    cannot be seen or are of another script, and for too many of them."""
    kept = clean(name)
    faults = text_faults("name", kept, most=MOST)
    if any(_is_foreign(sign) for sign in kept):
        faults.append(Fault("name", "other script"))
    if faults:
        raise Invalid(faults)
    if not look(kept):
        raise NameTaken(name=kept)
    for other in (*others, RECOVERY):
        if look(other) == look(kept):
            raise NameTaken(name=other)
    return kept


def _is_foreign(sign: str) -> bool:
    """Whether a sign is a letter, but not one of the Latin script."""
    if sign.isascii() or not unicodedata.category(sign).startswith("L"):
        return False
    return "LATIN" not in unicodedata.name(sign, "")
