"""A profile: the folder in which one desk keeps its settings, journal and practice data.

One profile, one process (house rule 11): :func:`held` takes the exclusive lock and tells a second
process who holds it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from msgspec import MsgspecError, Struct, json

from desktop.domain.problems import DeskError, ProblemCode, desk_error
from desktop.profile_lock import LockTaken, locked

PROFILE_VARIABLE = "KUASHENG_PROFILE"


class Profile(Struct, frozen=True):
    """Where everything of one desk lies."""

    folder: Path

    @property
    def settings_file(self) -> Path:
        return self.folder / "settings.toml"

    @property
    def journal_file(self) -> Path:
        return self.folder / "journal.db"

    @property
    def practice_key_file(self) -> Path:
        """Journal key of a practice profile, in which only invented people exist (contracts)."""
        return self.folder / "practice-journal.key"

    @property
    def practice_data(self) -> Path:
        return self.folder / "practice-platform"

    @property
    def catalogue_file(self) -> Path:
        """The hospital's catalogue, for charges typed at the window; practice needs none."""
        return self.folder / "catalogue.csv"

    @property
    def refusals_file(self) -> Path:
        """The site's own wordings of refusals, tried before the program's; none is needed."""
        return self.folder / "refusals.toml"

    @property
    def lock_file(self) -> Path:
        return self.folder / "profile.lock"

    @property
    def holder_file(self) -> Path:
        return self.folder / "profile.holder.json"


def find_profile(given: str | None) -> Profile:
    """``--profile``, else the environment, else the platform's usual place.

    Raises ``profile-unusable`` for the home of somebody unknown (``~nobody``).
    """
    chosen = given or os.environ.get(PROFILE_VARIABLE)
    return Profile(_absolute(chosen) if chosen else _usual_place())


def _absolute(chosen: str) -> Path:
    try:
        return Path(chosen).expanduser().absolute()
    except (OSError, RuntimeError) as error:
        raise _unusable(chosen, error) from error


def _usual_place() -> Path:
    from platformdirs import user_data_path

    return user_data_path("kuasheng-desk", appauthor=False)


@contextmanager
def held(profile: Profile, verb: str) -> Iterator[Profile]:
    """Hold the profile alone.

    Raises ``profile-in-use`` naming the holder, ``profile-unusable`` when the folder is none.
    """
    with _locked(profile), _named(profile, verb):
        yield profile


@contextmanager
def _locked(profile: Profile) -> Iterator[None]:
    with ExitStack() as until:
        try:
            profile.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            until.enter_context(locked(profile.lock_file))
        except LockTaken:
            raise desk_error(ProblemCode.PROFILE_IN_USE, _holder(profile)) from None
        except OSError as error:
            raise _unusable(str(profile.folder), error) from error
        yield


@contextmanager
def _named(profile: Profile, verb: str) -> Iterator[None]:
    """Say who holds the lock: a courtesy, without which the lock holds all the same."""
    with suppress(OSError):
        holder = {"pid": os.getpid(), "verb": verb}
        profile.holder_file.write_bytes(json.encode(holder))
    try:
        yield
    finally:
        with suppress(OSError):  # Windows: a second process may be reading it
            profile.holder_file.unlink(missing_ok=True)


def _unusable(folder: str, error: Exception) -> DeskError:
    code = errno.errorcode.get(getattr(error, "errno", None) or 0, "")
    return desk_error(ProblemCode.PROFILE_UNUSABLE, f"{folder} {code}".strip())


def _holder(profile: Profile) -> str:
    try:
        holder = json.decode(profile.holder_file.read_bytes())
        return f"kuasheng {holder['verb']}（进程 {holder['pid']}）"
    except (OSError, MsgspecError, LookupError, TypeError):
        return str(profile.folder)
