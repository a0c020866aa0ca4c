"""The composition root: builds every port from the settings and hands them in.

No globals, no service locator: what a verb or a window needs is in the :class:`OpenDesk` that
:func:`open_desk` yields, and everything is closed again with its block.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.credential import Credential
from desktop.domain.identifiers import AreaCode
from desktop.domain.problems import DeskError, Problem, ProblemCode, desk_error
from desktop.domain.times import CHINA
from desktop.knowledge.areas import Areas, load_areas
from desktop.knowledge.refusals import Refusals, site_refusals
from desktop.knowledge.reversals import load_reversals
from desktop.ledger.errors import JournalWriteFailed
from desktop.ledger.journal import Journal, VisitId
from desktop.nhsa.waits import Waits
from desktop.profile import Profile, find_profile, held
from desktop.services.drawing import Letterhead, Pen
from desktop.services.line import Line
from desktop.services.locks import LocalLocks
from desktop.services.paper_desk import Ordered, PaperDesk, Sent, Wanted
from desktop.services.paper_desk import Printers as Papers
from desktop.services.ports import Desk, Reversal, SitePolicy
from desktop.services.recover import recover
from desktop.settings import Settings, is_loopback, load
from desktop.vendor import read_one_card, voucher_library
from printing.layout import Layouts
from printing.printer import NotPrinted

if TYPE_CHECKING:
    from card_reader.counter_devices import CounterDevices
    from desktop.domain.charges import CareVisit
    from desktop.domain.record import VisitRecord
    from desktop.knowledge.guidance import Guidance
    from desktop.nhsa.client import PlatformClient
    from desktop.nhsa.late_transport import LateTransport
    from desktop.nhsa.msgid import MsgidSource
    from desktop.services.catalogue_places import LoadedCatalogue
    from desktop.services.drawing import DrawnForm
    from desktop.services.help_desk import Help
    from desktop.services.known_rule import KnownRules
    from desktop.services.notices import Notice
    from desktop.services.whole_settlement import Finished
    from printing.fonts import Fonts

PRACTICE_PAASID = "practice"
PRACTICE_TOKEN = "practice-secret"  # noqa: S105 - public: the practice platform's (contracts)
CARD_PATIENCE = 3.0
"""Seconds; the card service may need 0.4 s to see a card that was just put in."""
_LEVELS = {"1": "一级", "2": "二级", "3": "三级"}


def now() -> datetime:
    """The PC's clock, +08:00."""
    return datetime.now(CHINA)


class OpenDesk(Struct, frozen=True):
    """A desk with its profile held, its journal open and its platform at hand."""

    profile: Profile
    settings: Settings
    journal: Journal
    desk: Desk
    url: str
    """Of the platform; in practice mode of the practice platform on this machine."""
    fonts: Callable[[], Fonts]
    """Loaded for the first slip, 0.2 s; raises ``receipt-not-printed``."""
    areas: Callable[[], Areas]
    waits: Waits
    """By which a window gives up what it asks."""
    guidance: Callable[[], Guidance]

    @property
    def drop_folder(self) -> Path:
        """Where the hospital's system drops charges files."""
        told = self.settings.desk.drop_folder
        return Path(told) if told else self.profile.folder / "charges"

    @property
    def counter_devices(self) -> CounterDevices:
        """The scanner, camera and ID card reader of this counter; none is opened by this."""
        from card_reader.counter_devices import CounterDevices
        from card_reader.serial_port import PortAddress

        scanner, id_reader = self.settings.scanner, self.settings.id_reader
        return CounterDevices(
            PortAddress(scanner.port, scanner.speed) if scanner.port else None,
            self.settings.desk.serial_prefix,
            scanner.camera,
            PortAddress(id_reader.port, id_reader.speed) if id_reader.port else None,
        )

    def catalogue(self) -> LoadedCatalogue:
        """What can be charged here; a second's work. Raises ``DeskError`` when there is none."""
        from desktop.services.catalogue_places import catalogue_file, practice_catalogue

        if self.settings.practice:
            return practice_catalogue(self.url)
        return catalogue_file(self.profile.catalogue_file)

    def read_card(self) -> Credential:
        """The social security card in the reader; raises ``CardError`` or ``Stopped``."""
        from desktop.services.card import credential_of

        reading = read_one_card(self.settings.card, None, CARD_PATIENCE)
        return credential_of(reading, self.desk.clock().date())

    def notices(
        self, visit: VisitId, record: VisitRecord, assumed: CareVisit | None = None
    ) -> tuple[Notice, ...]:
        """What the person of a visit hears although it goes on; ``assumed`` while there is no bill."""
        from desktop.services.notices import Hears, notices_of

        return notices_of(self.desk, self.journal, self.guidance(), Hears(visit, record, assumed))

    def help_with(self, record: VisitRecord, problem: Problem) -> Help | None:
        """The way on from a no; None before person, insurance and bill are known."""
        from desktop.services.advice import Knowledge
        from desktop.services.help_desk import help_with

        known = Knowledge(self.desk.refusals, self.guidance(), self.areas())
        return help_with(self.desk, record, problem, known)

    def papers(self, printers: Papers) -> PaperDesk:
        """Drawing, printing and keeping of papers; ``printers`` are a window's, or a file."""
        return PaperDesk(self.desk, self.journal, self._drawn, printers, lambda: uuid.uuid4().hex)

    @property
    def pen(self) -> Pen:
        """Draws by the layouts of this site; each is read anew for each pen."""
        told = self.settings.desk.layouts
        return Pen(self.fonts, Layouts(Path(told) if told else self.profile.folder / "layouts"))

    def write_receipt(
        self, finished: Finished, target: Path
    ) -> tuple[str | None, tuple[Problem, ...]]:
        """Write the settlement slip and note it; its path, and what was amiss."""
        from desktop.printers import OneFile

        papers = self.papers(OneFile(target))
        try:
            ordered = papers.order(VisitId(finished.visit))
        except DeskError as error:
            return None, error.problems
        sent = papers.send(ordered)
        problems = (*ordered.problems, *_ended(papers, ordered, sent))
        if isinstance(sent.last, NotPrinted):
            detail = sent.last.problem.detail
            return None, (Problem(ProblemCode.RECEIPT_NOT_PRINTED, detail), *problems)
        return str(target), problems

    def _drawn(self, wanted: Wanted) -> DrawnForm:
        from desktop.services.visit_forms import Draughts

        head, clock = self.letterhead, self.desk.clock
        return Draughts(head, self.pen, clock, self.guidance, self.rules).draw(wanted)

    @property
    def rules(self) -> KnownRules:
        """What is publicly known of benefits, at a hospital of this level: for estimates."""
        from desktop.knowledge.benefits import load_benefits
        from desktop.services.known_rule import KnownRules

        return KnownRules(load_benefits, self.settings.hospital.level)

    @property
    def letterhead(self) -> Letterhead:
        """What of this desk stands on every paper."""
        from printing.issue import Hospital

        hospital, areas = self.settings.hospital, self.areas()
        place = AreaCode(hospital.area)
        shown = Hospital(
            hospital.name,
            hospital.fixmedins_code,
            _LEVELS.get(hospital.level, hospital.level),
            place,
            areas.name(place),
        )
        return Letterhead(
            shown,
            self.settings.desk.operator,
            self.settings.practice,
            areas,
            hospital.station,
            hospital.phone,
        )


def _ended(papers: PaperDesk, ordered: Ordered, sent: Sent) -> tuple[Problem, ...]:
    """A journal that takes no more changes nothing about the money."""
    try:
        papers.ended(ordered, sent)
    except DeskError as error:
        return error.problems
    return ()


@cache
def fonts_for_paper() -> Fonts:
    """The fonts beside the program and of the system; raises ``receipt-not-printed``."""
    from printing.font_places import font_folders
    from printing.fonts import NoFonts, find_fonts

    try:
        return find_fonts(font_folders(Path(__file__).parent.parent, Path.home()))
    except NoFonts:
        raise desk_error(ProblemCode.RECEIPT_NOT_PRINTED, "没有中文字体") from None


@cache
def _guidance() -> Guidance:
    from desktop.knowledge.guidance import load_guidance

    return load_guidance()


@contextmanager
def open_desk(profile: str | None, platform: str | None, verb: str) -> Iterator[OpenDesk]:
    """Hold the profile, open its journal, reach its platform; raises ``DeskError``.

    What an earlier process left without an answer is unknown from here on (rule 6).
    """
    with ExitStack() as stack:
        home = stack.enter_context(held(find_profile(profile), verb))
        settings = load(home.settings_file)
        journal = stack.enter_context(open_journal(home, settings))
        url = stack.enter_context(_platform_url(home, settings, platform))
        waits = Waits()
        desk = stack.enter_context(_desk(settings, journal, url, waits, _refusals(home)))
        recover(desk)
        kept = fonts_for_paper, load_areas, waits, _guidance
        yield OpenDesk(home, settings, journal, desk, url, *kept)


@contextmanager
def open_journal(profile: Profile, settings: Settings) -> Iterator[Journal]:
    """The journal of a held profile."""
    journal = Journal.open(profile.journal_file, journal_key(profile, settings))
    try:
        yield journal
    finally:
        journal.close()


def journal_key(profile: Profile, settings: Settings) -> bytes:
    """The journal's key, in the keyring (practice: in a file); made on first use."""
    from desktop.ledger import keys

    if settings.practice:
        return keys.practice_journal_key(profile.practice_key_file, profile.journal_file)
    return keys.journal_key(keys.system_vault(), profile.journal_file)


@contextmanager
def _platform_url(profile: Profile, settings: Settings, given: str | None) -> Iterator[str]:
    if not settings.practice:
        yield given or settings.platform.url
    elif given is None:
        from desktop.practice_process import practice_platform

        with practice_platform(profile.practice_data) as url:
            yield url
    elif is_loopback(given):
        yield given
    else:
        raise desk_error(ProblemCode.NOT_LOOPBACK, given)


def _refusals(home: Profile) -> Refusals:
    """Raises ``settings-invalid`` naming the site's own file and the place in it."""
    file = home.refusals_file
    try:
        return site_refusals(file)
    except (OSError, ValueError) as error:
        raise desk_error(ProblemCode.SETTINGS_INVALID, f"{file.name}：{error}") from error


@contextmanager
def _desk(
    settings: Settings, journal: Journal, url: str, waits: Waits, refusals: Refusals
) -> Iterator[Desk]:
    from desktop.nhsa.late_transport import LateTransport
    from desktop.nhsa.msgid import MsgidSource, Station
    from desktop.nhsa.transport import Timeouts

    hospital, limits = settings.hospital, settings.platform
    station = Station(hospital.fixmedins_code, int(hospital.station), hospital.station_digits)
    msgids = MsgidSource(station, journal, now)
    timeouts = Timeouts(limits.connect_timeout, limits.read_timeout)
    with LateTransport(timeouts, waits) as transport, voucher_library(settings) as vouchers:
        client = replace(_client(settings, url, transport, msgids), vouchers=vouchers)
        try:
            yield Desk(
                platform=Line(client),
                journal=journal,
                next_msgid=msgids.next,
                new_visit_id=lambda: VisitId(uuid.uuid4().hex),
                clock=now,
                refusals=refusals,
                place=AreaCode(hospital.area),
                institution=hospital.fixmedins_code,
                reversals=load_reversals(),
                locks=LocalLocks(),
                policy=_policy(settings),
                window=hospital.station,
                operator=settings.desk.operator,
                face=client if settings.desk.face_terminal else None,
            )
        finally:
            with suppress(JournalWriteFailed):  # a lease that is not given back harms nobody
                msgids.release()


def _policy(settings: Settings) -> SitePolicy:
    limits = settings.platform
    return SitePolicy(
        reversal=Reversal(limits.reversal),
        queries=frozenset(limits.queries),
        settle_horizon=timedelta(seconds=limits.settle_horizon),
    )


def _client(
    settings: Settings, url: str, transport: LateTransport, msgids: MsgidSource
) -> PlatformClient:
    from desktop.nhsa.client import PlatformClient
    from desktop.nhsa.gateway import TifGateway
    from desktop.nhsa.site import Operator, PathStyle, Site

    hospital, platform, desk = settings.hospital, settings.platform, settings.desk
    site = Site(
        url=url,
        path_style=PathStyle(platform.path_style),
        fixmedins_code=hospital.fixmedins_code,
        name=hospital.name,
        area=AreaCode(hospital.area),
        recer_sys_code=platform.recer_sys_code,
        infver=platform.infver,
    )
    return PlatformClient(
        site=site,
        operator=Operator(desk.operator, desk.operator_name),
        gateway=TifGateway(*_gateway_secret(settings)),
        transport=transport,
        clock=now,
        new_msgid=msgids.next,
    )


def _gateway_secret(settings: Settings) -> tuple[str, str]:
    """Practice uses the practice platform's public secret; else the token is in the keyring."""
    if settings.practice:
        return PRACTICE_PAASID, PRACTICE_TOKEN
    from desktop.ledger import keys

    return settings.platform.paasid, keys.gateway_token(keys.system_vault())
