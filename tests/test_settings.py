"""``settings.toml``: every value with its place, every fault at once, no secret in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.problems import DeskError, ProblemCode
from desktop.settings import Settings, is_loopback, load, origins

CONFIGURED = """
[platform]
url = "https://fsi.example.invalid"
paasid = "P1"
recer_sys_code = "HIS"
infver = "V1.0"
path_style = "service"
queries = ["3202"]
reversal = "manual"
[hospital]
fixmedins_code = "H43010000002"
name = "第二医院"
area = "430100"
station = "12"
[desk]
operator = "0042"
operator_name = "王敏"
"""


def _file(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def _faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(DeskError) as refused:
        load(_file(folder, text))
    assert {p.kind for p in refused.value.problems} == {ProblemCode.SETTINGS_INVALID}
    return [problem.detail for problem in refused.value.problems]


def test_without_a_file_it_is_practice(tmp_path: Path) -> None:
    settings = load(tmp_path / "settings.toml")
    assert settings == Settings()
    assert settings.practice
    assert (settings.platform.connect_timeout, settings.platform.read_timeout) == (5, 30)
    assert settings.platform.settle_horizon == 600
    assert settings.platform.queries == ("3202", "5203", "5201")
    assert settings.hospital.station_digits == 2


def test_a_configured_file(tmp_path: Path) -> None:
    settings = load(_file(tmp_path, CONFIGURED))
    assert not settings.practice
    assert settings.platform.path_style == "service"
    assert settings.platform.queries == ("3202",)
    assert settings.hospital.station == "12"
    assert settings.desk.operator == "0042"


def test_a_byte_order_mark_of_a_windows_editor_is_no_fault(tmp_path: Path) -> None:
    assert load(_file(tmp_path, "\ufeff" + CONFIGURED)).platform.paasid == "P1"


@pytest.mark.req("S0-02")
@pytest.mark.parametrize(
    "key",
    [
        "platform.paasid",
        "hospital.fixmedins_code",
        "hospital.name",
        "hospital.area",
        "hospital.station",
    ],
)
def test_a_configured_profile_says_itself_which_hospital_it_is(tmp_path: Path, key: str) -> None:
    name = key.partition(".")[2]
    lines = CONFIGURED.splitlines()
    without = "\n".join(line for line in lines if not line.startswith(f"{name} ="))
    blank = "\n".join(f'{name} = " "' if line.startswith(f"{name} =") else line for line in lines)
    assert _faults(tmp_path, without) == [f"{key} 没有填写"]
    assert f"{key} 没有填写" in _faults(tmp_path, blank)


def test_the_level_of_a_real_hospital_is_told_or_left_out(tmp_path: Path) -> None:
    """It is not on the wire; what the practice hospital is must not stand on a real slip."""
    assert load(_file(tmp_path, CONFIGURED)).hospital.level == ""
    assert load(_file(tmp_path, "[hospital]\nname = '演练'")).hospital.level == "3"
    told = CONFIGURED.replace("[desk]", 'level = "2"\n[desk]')
    assert load(_file(tmp_path, told)).hospital.level == "2"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("platform = 3", "[platform]"),
        ('[platform]\nread_timeout = "30"', "platform.read_timeout"),
        ("[platform]\nread_timeout = 0", "platform.read_timeout"),
        ("[platform]\nread_timeout = true", "platform.read_timeout"),
        ("[platform]\nread_timeout = nan", "platform.read_timeout"),
        ("[platform]\nread_timeout = inf", "platform.read_timeout"),
        ("[platform]\nsettle_horizon = 1.5", "platform.settle_horizon"),
        (f"[platform]\nread_timeout = 1{'0' * 400}", "platform.read_timeout"),
        ("[platform]\nconnect_timeout = 86401", "platform.connect_timeout"),
        ('[platform]\npaasid = "机构"', "platform.paasid"),
        ('[platform]\npaasid = "a b"', "platform.paasid"),
        ("[hospital]\nstation_digits = 2.0", "hospital.station_digits"),
        ('[hospital]\nstation = "０１"', "hospital.station"),
        ('[hospital]\narea = "４３０１００"', "hospital.area"),
        ('[hospital]\nfixmedins_code = "Ｈ43010000001"', "hospital.fixmedins_code"),
        ('[hospital]\nfixmedins_code = "H4301000000 "', "hospital.fixmedins_code"),
        ('[platform]\npath_style = "two"', "platform.path_style"),
        ('[platform]\ngateway = "none"', "platform.gateway"),
        ('[platform]\nqueries = "3202"', "platform.queries"),
        ("[platform]\nqueries = [3202]", "platform.queries"),
        ("[hospital]\nstation = 100", "hospital.station"),
        ("[hospital]\nstation = true", "hospital.station"),
        ("[hospital]\nstation_digits = 4", "hospital.station_digits"),
        ("[hospital]\nstation_digits = true", "hospital.station_digits"),
        ('[hospital]\nstation = "x"', "hospital.station"),
        ('[hospital]\nstation = "123"', "hospital.station"),
        ('[hospital]\narea = "43"', "hospital.area"),
        ('[hospital]\nfixmedins_code = "H1"', "hospital.fixmedins_code"),
        ("[desk]\nmode = 'bar'", "desk.mode"),
        ("[desk]\ndrop_folder = 3", "desk.drop_folder"),
        ("[desk]\ndrop_folder = 'charges'", "desk.drop_folder"),
        ("[desk]\ndrop_folder = '~/charges'", "desk.drop_folder"),
        ('[desk]\ndrop_folder = "/a\\u0000b"', "desk.drop_folder"),
        ("[desk]\nscanner_prefix = 'f9'", "desk.scanner_prefix"),
        ("[desk]\nscanner_prefix = 'F25'", "desk.scanner_prefix"),
        ("[desk]\nscanner_prefix = 'F0'", "desk.scanner_prefix"),
        ("[desk]\nscanner_prefix = '9'", "desk.scanner_prefix"),
        ("[desk]\nscanner_prefix = 'X'", "desk.scanner_prefix"),
        ("[desk]\nscanner_prefix = ' '", "desk.scanner_prefix"),
        ("[desk]\nscanner_prefix = '～'", "desk.scanner_prefix"),
        ("[desk]\nscanner_prefix = 126", "desk.scanner_prefix"),
        ("[scanner]\nport = 'COM0'", "scanner.port"),
        ("[scanner]\nport = 'ttyUSB0'", "scanner.port"),
        ("[scanner]\nport = 3", "scanner.port"),
        ("[scanner]\nspeed = 9601", "scanner.speed"),
        ("[scanner]\nspeed = '9600'", "scanner.speed"),
        ("[scanner]\ncamera = 0", "scanner.camera"),
        ("[scanner]\ncamera = 'front'", "scanner.camera"),
        ("[id_reader]\nport = 'USB'", "id_reader.port"),
        ("[id_reader]\nspeed = 0", "id_reader.speed"),
        ("[id_reader]\nport = 'COM3'\n[scanner]\nport = 'COM3'", "同一个串口"),
    ],
)
def test_a_fault_is_named_by_its_key(tmp_path: Path, text: str, named: str) -> None:
    (fault,) = _faults(tmp_path, text)
    assert named in fault


def test_every_fault_at_once(tmp_path: Path) -> None:
    text = "[platform]\nread_timeout = 'x'\n[desk]\nmode = 1\n[hospital]\narea = 4\n"
    assert len(_faults(tmp_path, text)) == 3


def test_a_key_that_this_version_does_not_know_is_left_alone_and_shown(tmp_path: Path) -> None:
    """Later work may add keys (contracts); a slip of the pen is seen in ``settings show``."""
    file = _file(tmp_path, '[desk]\nlock_minutes = 5\noperator = "0042"\n[kitchen]\nstove = 1\n')
    assert load(file).desk.operator == "0042"
    unused = {o.key: o.source for o in origins(file, None) if o.source.endswith("(unused)")}
    assert unused == {
        "desk.lock_minutes": "settings.toml (unused)",
        "kitchen.stove": "settings.toml (unused)",
    }


def test_a_level_or_station_written_as_a_number_is_the_code(tmp_path: Path) -> None:
    settings = load(_file(tmp_path, "[hospital]\nlevel = 2\nstation = 7\n"))
    assert (settings.hospital.level, settings.hospital.station) == ("2", "07")


@pytest.mark.parametrize("url", ["ftp://a.invalid", "http://", "http://[", "http://a.invalid:x"])
def test_an_address_that_is_none(tmp_path: Path, url: str) -> None:
    text = CONFIGURED.replace("https://fsi.example.invalid", url)
    (fault,) = _faults(tmp_path, text)
    assert "platform.url" in fault


@pytest.mark.parametrize(
    "raw",
    [b"[platform", b"a = \xff", b"a = 1\na = 2", b"a = " + b"[" * 9999, b"a = " + b"1" * 9999],
    ids=["open", "bytes", "twice", "deep", "long"],
)
def test_a_file_that_is_no_toml(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(raw)
    with pytest.raises(DeskError) as refused:
        load(file)
    assert "settings.toml" in refused.value.problems[0].detail


def test_a_folder_in_the_files_place_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(DeskError) as refused:
        load(tmp_path / "settings.toml")
    (problem,) = refused.value.problems
    assert problem.kind is ProblemCode.SETTINGS_INVALID
    assert problem.detail.startswith("settings.toml 打不开")


def test_each_value_says_where_it_comes_from(tmp_path: Path) -> None:
    shown = {o.key: (o.value, o.source) for o in origins(_file(tmp_path, CONFIGURED), None)}
    assert shown["platform.url"] == ("https://fsi.example.invalid", "settings.toml")
    assert shown["platform.read_timeout"] == (30, "default")
    assert shown["hospital.level"] == ("", "default")
    assert shown["desk.operator"] == ("0042", "settings.toml")
    overridden = {o.key: o for o in origins(tmp_path / "settings.toml", "http://127.0.0.1:1")}
    assert overridden["platform.url"].source == "command line"
    assert not [key for key in shown if "token" in key or "secret" in key]


def test_the_desk_says_where_bills_are_dropped_and_what_its_scanners_send(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    told = load(_file(tmp_path, f"[desk]\ndrop_folder = '{folder}'\nscanner_prefix = '~'")).desk
    assert (told.drop_folder, told.scanner_prefix) == (str(folder), "~")
    shown = {o.key: (o.value, o.source) for o in origins(tmp_path / "settings.toml", None)}
    assert shown["desk.drop_folder"] == (str(folder), "settings.toml")
    assert shown["desk.scanner_prefix"] == ("~", "settings.toml")
    assert (Settings().desk.drop_folder, Settings().desk.scanner_prefix) == ("", "")


def test_a_function_key_is_a_prefix_of_keyboards_only(tmp_path: Path) -> None:
    """cards.md A8: on a serial line its letters would be the code's own."""
    for prefix, serial in (("F9", ""), ("F24", ""), ("~", "~")):
        file = _file(tmp_path, f"[desk]\nscanner_prefix = '{prefix}'")
        assert load(file).desk.scanner_prefix == prefix
        assert load(file).desk.serial_prefix == serial


@pytest.mark.parametrize("port", ["COM3", "COM128", "/dev/serial/by-id/usb-QR-if00"])
def test_the_counter_says_which_devices_stand_on_it(tmp_path: Path, port: str) -> None:
    devices = f"[scanner]\nport = '{port}'\nspeed = 115200\ncamera = '0'\n"
    told = load(_file(tmp_path, f"{devices}[id_reader]\nport = 'COM9'\nspeed = 9600\n"))
    assert (told.scanner.port, told.scanner.speed, told.scanner.camera) == (port, 115200, "0")
    assert (told.id_reader.port, told.id_reader.speed) == ("COM9", 9600)
    shown = {o.key: (o.value, o.source) for o in origins(tmp_path / "settings.toml", None)}
    assert shown["scanner.port"] == (port, "settings.toml")
    assert (Settings().scanner.speed, Settings().id_reader.speed) == (9600, 115200)


@pytest.mark.parametrize("camera", ["0", "9", "/dev/video0", "rtsp://192.0.2.1/one"])
def test_a_camera_is_a_number_a_path_or_an_address(tmp_path: Path, camera: str) -> None:
    assert load(_file(tmp_path, f"[scanner]\ncamera = '{camera}'")).scanner.camera == camera


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8020", "http://127.9.9.9", "http://localhost:1", "http://[::1]:8020"]
)
def test_loopback(url: str) -> None:
    assert is_loopback(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1", "http://127.evil.invalid", "http://127.0.0.1.evil.invalid",
        "http://localhost.evil.invalid", "http://127.0.0.1@192.0.2.1/", "", "http://", "127.0.0.1",
        "http://[::", "http://0.0.0.0",
    ],
)  # fmt: skip
def test_not_loopback(url: str) -> None:
    """A practice profile never talks to an address that is not loopback (contracts)."""
    assert not is_loopback(url)


# --- vendors' libraries ------------------------------------------------------------------------

LIBRARIES = """
[card]
library = "/opt/vendor/libSSCardDriver.so"
interface = "contactless"
pin = "pad"
convention = "cdecl"
timeout = 60
[voucher]
library = "/opt/vendor/libNationECCode.so"
url = "http://127.0.0.1:8080/ec"
timeout = 12.5
"""


def test_libraries_of_vendors(tmp_path: Path) -> None:
    settings = load(_file(tmp_path, LIBRARIES))
    card, voucher = settings.card, settings.voucher
    assert card.library == "/opt/vendor/libSSCardDriver.so"
    assert (card.interface, card.pin, card.convention, card.timeout) == (
        "contactless", "pad", "cdecl", 60,
    )  # fmt: skip
    assert (voucher.url, voucher.convention, voucher.timeout) == (
        "http://127.0.0.1:8080/ec", "stdcall", 12.5,
    )  # fmt: skip


MODULE = """
[card]
pin = "ask"
psam_reader = "SAM"
psam_internal_key = "4801"
psam_external_key = "480a"
psam_directory = "DF01"
"""


def test_a_security_module_and_a_pin(tmp_path: Path) -> None:
    card = load(_file(tmp_path, MODULE)).card
    assert (card.pin, card.psam_reader, card.psam_external_key) == ("ask", "SAM", "480a")
    network = load(_file(tmp_path, '[card]\nhsm_url = "http://10.0.0.9:8080/ssse"')).card
    assert (network.hsm_url, network.psam_reader) == ("http://10.0.0.9:8080/ssse", "")


_KEYS_WANTED = "card.psam_internal_key 和 card.psam_external_key 应当是 4 位十六进制数"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[card]\nhsm_url = "10.0.0.9"', "card.hsm_url 应当是 http:// 或 https:// 的地址"),
        ('[card]\npsam_reader = "SAM"', _KEYS_WANTED),
        (MODULE.replace("480a", "48"), _KEYS_WANTED),
        (MODULE.replace("DF01", "DG01"), "card.psam_directory 应当是 4 位十六进制数"),
        (
            MODULE + 'hsm_url = "https://hsm/"',
            "card.hsm_url 与 card.psam_reader 只能填一个",
        ),
    ],
)
def test_what_is_wrong_about_a_security_module(tmp_path: Path, text: str, fault: str) -> None:
    assert _faults(tmp_path, text) == [fault]


def test_without_them_the_desk_reads_by_itself() -> None:
    assert (Settings().card.library, Settings().voucher.library) == ("", "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[card]\nlibrary = "SSCardDriver.dll"', "card.library 应当是从根或盘符写起的完整路径"),
        ('[voucher]\nlibrary = "lib/ec.dll"', "voucher.library 应当是从根或盘符写起的完整路径"),
        ('[voucher]\nurl = "网址"', "voucher.url 只能是字母、数字和符号"),
        (
            "[card]\ninterface = 3",
            "card.interface 应当是 contact、contactless、contact-first、contactless-first 之一",
        ),
        ('[card]\npin = "always"', "card.pin 应当是 never、pad、ask 之一"),
        ('[card]\nconvention = "fastcall"', "card.convention 应当是 stdcall、cdecl 之一"),
        ("[card]\ntimeout = 0", "card.timeout 应当是 大于 0、不超过 86400 的数（秒）"),
    ],
)
def test_what_is_wrong_about_a_library(tmp_path: Path, text: str, fault: str) -> None:
    assert _faults(tmp_path, text) == [fault]
