"""What can go wrong with the journal: a closed set, each with the words a person reads."""

from __future__ import annotations

from desktop.domain.problems import DeskError, Problem, ProblemCode


class JournalError(DeskError):
    """The journal cannot do what was asked; nothing that it held is lost."""


class JournalUnreadable(JournalError):
    """Wrong key, no database, damaged, or settings that the journal cannot live with."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Problem(ProblemCode.JOURNAL_UNREADABLE, detail))


class JournalNotDecrypted(JournalUnreadable):
    """The file does not open under this key: the wrong key, or damage where it begins."""


class JournalFromNewerProgram(JournalUnreadable):
    """A newer program wrote this journal (its version, or a kind of entry)."""

    def __init__(self, what: str) -> None:
        super().__init__(f"由更新版本的程序写成（{what}）")
        self.what = what


class JournalDamaged(JournalError):
    """Something inside an open journal cannot be read as it was written."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Problem(ProblemCode.JOURNAL_DAMAGED, detail))


def incoherent() -> JournalDamaged:
    """The entries of a visit do not follow from each other."""
    return JournalDamaged("就诊记录前后不符")


class JournalWriteFailed(JournalError):
    """Nothing was written: what it should have announced must not be done.

    The journal stays usable. After a failed sync *and* a power cut the entries may yet be found,
    whole; they are never found in part.
    """

    def __init__(self, detail: str = "可能磁盘已满") -> None:
        super().__init__(Problem(ProblemCode.JOURNAL_WRITE_FAILED, detail))


class NotAdmitted(DeskError):
    """Another attempt stands in the way of this intent; nothing was written, nothing may be sent."""


class VisitDamaged(NotAdmitted):
    """What cannot be read of another attempt may be a settlement of the same charges."""

    def __init__(self, visit: object) -> None:
        super().__init__(Problem(ProblemCode.VISIT_DAMAGED, f"就诊 {visit}"))


class KeyUnavailable(JournalError):
    """No trustworthy place for the journal's key, or the key of an existing journal is gone."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Problem(ProblemCode.KEYRING_UNUSABLE, detail))


class GatewayTokenMissing(DeskError):
    """The keyring holds no ``gateway-token``."""

    def __init__(self) -> None:
        super().__init__(Problem(ProblemCode.GATEWAY_TOKEN_MISSING))
