"""What can go wrong, by whose hand it can be mended: OfficeProblem by a person, Bug by us. Facts only, no prose."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as default


class OfficeProblem(Exception):
    """Something a person at the desk can act on; `problems.say` puts it into words."""

    def __init__(self, **facts: object) -> None:
        super().__init__(type(self).__name__)
        self.facts = facts


class Bug(Exception):
    """Ours to mend: goes to the crash page; nothing was changed."""


class Cancelled(Exception):
    """A person stopped long work; raised out of `progress(done, total)`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field. `kind` is a word of `problems.FAULTS`, `row` a line of a sheet if there is one."""

    field: str
    kind: str
    facts: dict[str, object] = default(default_factory=dict)
    row: int | None = None


class Invalid(OfficeProblem):
    """What was typed cannot be taken as it is; nothing was changed."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(faults=self.faults)


class Refused(OfficeProblem):
    """This account may not do that. Facts: permission."""


class SealBroken(OfficeProblem):
    """A sealed value was changed, or put into another record. Facts: of."""


class Missing(OfficeProblem):
    """What was asked for is not there (any more). Facts: what, id."""


class NoRound(OfficeProblem):
    """No round has been opened yet."""


class Stale(OfficeProblem):
    """Somebody changed it in between. Facts: what."""


class RuleBroken(OfficeProblem):
    """A rule of the programme forbids it. Facts: rule and what the sentence needs."""


class NothingToUndo(OfficeProblem):
    """This person has no action left to take back."""


class NoOffice(OfficeProblem):
    """There is no office in this folder. Facts: folder."""


class OfficeExists(OfficeProblem):
    """There is an office already. Facts: folder."""


class NoKeys(OfficeProblem):
    """The key file is missing or cannot be read. Facts: folder."""


class WrongPassword(OfficeProblem):
    """The password does not fit. Facts: wait, in seconds before the next try."""


class WaitFirst(OfficeProblem):
    """Too many wrong tries. Facts: wait, in seconds."""


class WeakPassword(OfficeProblem):
    """Facts: least, the number of characters needed."""


class CommonPassword(OfficeProblem):
    """The password is one of the first that somebody would try."""


class OldPassword(OfficeProblem):
    """A password of before: the key file is an older one. Facts: name."""


class AccountsChanged(OfficeProblem):
    """The list of accounts is not the one that a coordinator signed, or not with this account. Facts: name."""


class Locked(OfficeProblem):
    """The office is locked: its keys are not in memory."""


class WrongCode(OfficeProblem):
    """The recovery code does not fit."""


class NameTaken(OfficeProblem):
    """There is an account of this name. Facts: name."""


class AlreadyOpen(OfficeProblem):
    """Another window has this office open. Facts: folder."""


class EmptyFile(OfficeProblem):
    """The database file has no content. Facts: file."""


class ForeignFile(OfficeProblem):
    """A database, but not of this office. Facts: file."""


class NewerFile(OfficeProblem):
    """Written by a later version of the program. Facts: file, version."""


class DamagedFile(OfficeProblem):
    """The database cannot be read whole. Facts: file."""


class KeysDoNotFit(DamagedFile):
    """Keys of this office that do not open its file: they are older, or its beginning is damaged. Facts: file."""


class DiskFull(OfficeProblem):
    """No room to write. Facts: folder."""


class ReadOnly(OfficeProblem):
    """The folder or file cannot be written. Facts: folder."""


class DiskFault(OfficeProblem):
    """The disk or stick reports an error of its own. Facts: folder."""


class FileInUse(OfficeProblem):
    """Another program keeps a file from being used: antivirus, a viewer, a second copy. Facts: folder."""


class PathTooLong(OfficeProblem):
    """The path has more characters than the system takes. Facts: folder."""


class Unplugged(OfficeProblem):
    """The stick or drive is not there any more. Facts: folder."""


class LookOnly(OfficeProblem):
    """The office was opened to look at, for nothing can be written there. Facts: folder."""


class PagesLeftOut(OfficeProblem):
    """Some pages of a paper could not be drawn; the others were made. Facts: who, made."""


class Unreadable(OfficeProblem):
    """A file given by a person cannot be used. Facts: file, kind and what the sentence needs."""


class NotACertificate(OfficeProblem):
    """The text or picture holds no certificate of ours. Facts: file, optional."""
