"""The kinds of papers and files that leave the program, each declared once: its words, who may, and whether it names people."""

from dataclasses import dataclass

from cbs_desktop.safe.permissions import Permission as P

_N = str  # marks a word for the catalogues; it is translated when it is shown


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper or file. `asks` where it is asked who gets a file of it: it names people."""

    word: str
    permission: P
    asks: bool = False


KINDS: dict[str, PaperKind] = {
    "list": PaperKind(_N("list of people"), P.PRINT, asks=True),
    "list of needs": PaperKind(_N("list of what needs a person"), P.PRINT, asks=True),
    "group papers": PaperKind(_N("lists of groups"), P.PRINT, asks=True),
    "attendance registers": PaperKind(_N("attendance registers"), P.LOOK, asks=True),
    "round calendar": PaperKind(_N("calendar of a round"), P.LOOK),
    "certificates": PaperKind(_N("certificates"), P.PRINT, asks=True),
    "proof list": PaperKind(_N("proof list"), P.LOOK, asks=True),
    "certificate register": PaperKind(_N("certificate register"), P.LOOK, asks=True),
    "referral slip": PaperKind(_N("referral slip"), P.SAFETY, asks=True),
    "season papers": PaperKind(_N("all papers of a season"), P.PRINT),
    "import rows": PaperKind(_N("rows of an import"), P.IMPORT),
    "graduation report": PaperKind(_N("graduation report"), P.REPORT),
    "outcome report": PaperKind(_N("report before and after"), P.SEE_SCORES),
    "blank form": PaperKind(_N("blank questionnaire"), P.LOOK),
    "calibration page": PaperKind(_N("calibration page"), P.LOOK),
    "checking list": PaperKind(_N("list for checking certificates"), P.CERTIFY),
    "checking page": PaperKind(_N("page for checking certificates"), P.LOOK),
    "everything of one": PaperKind(_N("everything about one person"), P.RIGHTS),
    "answer letter": PaperKind(_N("answer to a request"), P.RIGHTS),
    "destruction record": PaperKind(_N("record of a destruction"), P.ERASE),
    "backup": PaperKind(_N("backup"), P.BACK_UP),
    "processing register": PaperKind(_N("register of processing"), P.READ_JOURNAL),
    "breach notice": PaperKind(_N("breach notice"), P.READ_JOURNAL),
    "breach report": PaperKind(_N("breach report"), P.READ_JOURNAL),
}
PLACE_WORDS: dict[str, str] = {
    "computer": _N("this computer"),
    "stick": _N("USB stick"),
    "network": _N("a network drive"),
    "printer": _N("printer"),
}
RECIPIENT_WORDS: dict[str, str] = {
    "own use": _N("Own use in the office"),
    "facilitator": _N("Facilitator"),
    "ministry": _N("Ministry or district"),
    "donor": _N("Donor"),
    "hospital": _N("Hospital or health centre"),
    "other": _N("Somebody else"),
}
