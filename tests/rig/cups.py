"""A print spooler of one's own: cupsd on a socket of its own folder, with printers that are files.

::

    with spooler() as cups:
        cups.add("office")
        ...                                  # print with CUPS_SERVER=cups.server
        cups.wait_for(1, "office")           # what came out of the spooler, byte for byte
        cups.reasons("office", "media-empty-error")

Nothing of the machine's own spooler is touched. What comes out goes through a backend of this rig,
a shell script in the folder, which writes it to ``folder/out`` and reports printer states as real
backends do (``STATE:`` lines).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

PROGRAM = "/usr/sbin/cupsd"
_SERVER_BIN = Path("/usr/lib/cups")
_GONE_WITHIN = 3.0
_NEEDED = "apt-get install -y --no-install-recommends cups-daemon cups-client"
_READY_SECONDS = 20.0

_DAEMON = """\
Listen {socket}
Browsing Off
DefaultAuthType None
DefaultShared No
WebInterface No
LogLevel debug
MaxLogSize 0
PreserveJobHistory Yes
PreserveJobFiles {preserve}
JobRetryInterval 1
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {root}
ServerBin {bin}
DataDir {data}
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
TempDir {root}/tmp
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
User {user}
Group {group}
SystemGroup {admins}
FileDevice Yes
Printcap
"""
_BACKEND = """\
#!/bin/sh
# device-uri of the queue: kuasheng:/FOLDER. Without arguments: list devices (there are none).
[ "$#" -eq 0 ] && exit 0
folder=${DEVICE_URI#kuasheng:}
if [ -s "$folder/reasons" ]; then
    printf 'STATE: +%s\\n' "$(cat "$folder/reasons")" >&2
    printf 'STATE: +connecting-to-device\\n' >&2
    touch "$folder/stuck"
    while [ -s "$folder/reasons" ]; do sleep 0.05; done
fi
[ -e "$folder/refuses" ] && exit 4
mkdir -p "$folder/out"
number=$1
if [ "$#" -ge 6 ]; then cat "$6" >"$folder/.$number"; else cat >"$folder/.$number"; fi
printf '%s\\n' "$4 $5" >"$folder/out/$number.options"
mv "$folder/.$number" "$folder/out/$number"
exit 0
"""
_PPD = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "KUASHENG.PPD"
*Manufacturer: "Kuasheng"
*Product: "(Rig)"
*ModelName: "Kuasheng Rig"
*ShortNickName: "Kuasheng Rig"
*NickName: "Kuasheng Rig"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*cupsFilter: "application/pdf 0 -"
*cupsFilter: "application/vnd.cups-raw 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize A5/A5: "<</PageSize[420 595]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion A5/A5: "<</PageSize[420 595]>>setpagedevice"
*CloseUI: *PageRegion
*OpenUI *InputSlot/Tray: PickOne
*OrderDependency: 20 AnySetup *InputSlot
*DefaultInputSlot: Tray1
*InputSlot Tray1/Tray 1: ""
*InputSlot Tray2/Tray 2: ""
*CloseUI: *InputSlot
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*ImageableArea A5/A5: "0 0 420 595"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A5/A5: "420 595"
"""


class CupsUnavailable(RuntimeError):
    """cupsd cannot run here; the text says why."""


@contextmanager
def spooler(preserve: str = "No") -> Iterator[Cups]:
    """In a folder that cupsd's helpers, who are another user, can reach too."""
    with TemporaryDirectory(prefix="cups-") as folder:
        Path(folder).chmod(0o755)
        with Cups(Path(folder), preserve) as cups:
            yield cups


class Cups:
    """One spooler; ``preserve`` is its PreserveJobFiles."""

    def __init__(self, folder: Path, preserve: str = "No") -> None:
        self.folder = folder
        self._preserve = preserve

    @property
    def server(self) -> str:
        """For ``CUPS_SERVER``."""
        return str(self.folder / "sock")

    @property
    def spool(self) -> Path:
        return self.folder / "spool"

    def __enter__(self) -> Self:
        if not Path(PROGRAM).exists() or shutil.which("lpadmin") is None:
            raise CupsUnavailable(f"no cupsd here; install it: {_NEEDED}")
        self._write()
        self._log = (self.folder / "cupsd.log").open("wb")
        options = ("-f", "-c", f"{self.folder}/cupsd.conf", "-s", f"{self.folder}/cups-files.conf")
        self._process = subprocess.Popen(
            [PROGRAM, *options], stdout=self._log, stderr=subprocess.STDOUT
        )
        self._wait(lambda: self._asks("lpstat", "-r") == "scheduler is running", "cupsd")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for reasons in self.folder.glob("*/reasons"):
            reasons.unlink()
        self._process.terminate()
        self._process.wait(30)
        self._log.close()

    def add(self, name: str) -> Path:
        """A printer; its folder, in which ``out`` has what came out."""
        folder = self.folder / f"printer-{name}"
        folder.mkdir()
        folder.chmod(0o777)
        ppd = self.folder / "rig.ppd"
        ppd.write_text(_PPD, encoding="ascii")
        self._do("lpadmin", "-p", name, "-E", "-v", f"kuasheng:{folder}", "-P", str(ppd))
        return folder

    def stop(self, name: str) -> None:
        self._do("cupsdisable", name)

    def reasons(self, name: str, reasons: str) -> None:
        """From the next job on the printer reports this and stands still; "" is well again."""
        (self.folder / f"printer-{name}" / "reasons").write_text(reasons, encoding="ascii")

    def came_out(self, name: str) -> tuple[bytes, ...]:
        """What the printer got, oldest first."""
        files = (self.folder / f"printer-{name}" / "out").glob("*[0-9]")
        return tuple(file.read_bytes() for file in sorted(files, key=lambda file: int(file.name)))

    def options(self, name: str) -> tuple[str, ...]:
        """Copies and options of each job, as the backend was told."""
        files = (self.folder / f"printer-{name}" / "out").glob("*.options")
        return tuple(f.read_text().strip() for f in sorted(files, key=lambda f: int(f.stem)))

    def wait_for(self, count: int, name: str) -> tuple[bytes, ...]:
        self._wait(lambda: len(self.came_out(name)) >= count, f"{count} papers of {name}")
        return self.came_out(name)

    def kept_files(self) -> tuple[Path, ...]:
        """Documents that stay in the spool; those of ended jobs may need a moment to go.

        Control files name no content.
        """
        until = time.monotonic() + _GONE_WITHIN
        while (kept := tuple(sorted(self.spool.glob("d*")))) and time.monotonic() < until:
            time.sleep(0.02)
        return kept

    def _write(self) -> None:
        for part in ("cache", "state", "spool", "tmp", "bin/backend", "bin/filter"):
            (self.folder / part).mkdir(parents=True)
        (self.folder / "bin/daemon").symlink_to(_SERVER_BIN / "daemon")
        backend = self.folder / "bin/backend/kuasheng"
        backend.write_text(_BACKEND, encoding="ascii")
        backend.chmod(0o755)
        places = {
            "root": self.folder,
            "bin": self.folder / "bin",
            "data": "/usr/share/cups",
            "socket": self.server,
            "preserve": self._preserve,
            "user": _user_name(),
            "group": _group_name(),
            "admins": "adm" if os.geteuid() == 0 else "nogroup",
        }
        (self.folder / "cupsd.conf").write_text(_DAEMON.format(**places), encoding="utf-8")
        (self.folder / "cups-files.conf").write_text(_FILES.format(**places), encoding="utf-8")

    def _do(self, *command: str) -> None:
        subprocess.run(
            command, check=True, capture_output=True, timeout=60, env=self._environment()
        )

    def _asks(self, *command: str) -> str:
        with suppress(subprocess.TimeoutExpired):
            ran = subprocess.run(
                command, capture_output=True, timeout=10, check=False, env=self._environment()
            )
            return ran.stdout.decode().strip()
        return ""

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C"}

    def _wait(self, holds: Callable[[], object], what: str) -> None:
        until = time.monotonic() + _READY_SECONDS
        while not holds():
            if self._process.poll() is not None or time.monotonic() > until:
                log = self.folder / "error_log"
                told = log.read_text(errors="replace")[-3000:] if log.exists() else ""
                raise CupsUnavailable(f"waited in vain for {what}: {told}")
            time.sleep(0.02)


def _user_name() -> str:
    import pwd

    return pwd.getpwnam("lp").pw_name if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _group_name() -> str:
    import grp

    return grp.getgrnam("lp").gr_name if os.geteuid() == 0 else grp.getgrgid(os.getegid()).gr_name
