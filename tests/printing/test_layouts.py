"""A hospital changes its papers without touching Python; what it gets wrong is named."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from printing.composer import to_pdf
from printing.elements import A4
from printing.fonts import Fonts
from printing.forms import f1_settlement_slip, f4_trauma_letter
from printing.layout import Layout, LayoutFault, Layouts, load_layout
from tests.printing import every_form, samples
from tests.printing.golden import read

F1, F4 = f1_settlement_slip.LAYOUT, f4_trauma_letter.LAYOUT


def _png() -> bytes:
    """One red dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


PNG = _png()


@pytest.fixture
def site(tmp_path: Path) -> Callable[[str, str], Layout]:
    """Reads a form's layout with this text as the hospital's own file."""

    def read_with(form: str, text: str) -> Layout:
        (tmp_path / f"{form}.toml").write_text(text, encoding="utf-8")
        return Layouts(tmp_path).of(form)

    return read_with


def test_without_a_file_of_its_own_a_form_is_ours(tmp_path: Path) -> None:
    assert load_layout(F1, tmp_path) == load_layout(F1, None)


def test_a_layout_is_read_once(tmp_path: Path) -> None:
    layouts = Layouts(tmp_path)
    assert layouts.of(F1) is layouts.of(F1)


def test_only_what_is_named_changes(site: Callable[[str, str], Layout], fonts: Fonts) -> None:
    """Head, lines, copies, paper and which facts are shown."""
    layout = site(
        F4,
        """
        title = "外伤承诺书"
        paper = "A4"
        scale = 1.1
        copies = ["患者联", "医保办联", "存档联"]
        facts = ["姓名", "门诊号"]
        [head]
        hospital = "星湖医院（东院区）"
        subtitle = "医保办公室"
        [texts]
        opinion = "医师意见："
        """,
    )
    assert layout.size is A4
    assert layout.times == 1.1
    rendered = to_pdf(f4_trauma_letter.trauma_letter(every_form.trauma_letter(), layout), fonts)
    text = read(rendered.pdf)
    assert rendered.pages == 3
    for told in ("外伤承诺书", "星湖医院（东院区）", "医保办公室", "医保办联", "医师意见："):
        assert told in text
    assert "受伤地点" not in text
    assert "本人承诺" in text


def test_parts_come_in_the_order_of_the_layout(site: Callable[[str, str], Layout]) -> None:
    layout = site(F1, 'parts = ["equation", "facts"]')
    document = f1_settlement_slip.settlement_slip(samples.simple(), layout)
    assert [type(part).__name__ for part in document.parts] == ["Equation", "Facts", "Together"]


def test_a_form_without_places_to_sign(site: Callable[[str, str], Layout]) -> None:
    layout = site(F1, 'signatures = []\npaper = "A4"')
    document = f1_settlement_slip.settlement_slip(samples.simple(), layout)
    assert "Signatures" not in [type(part).__name__ for part in document.parts]


def test_a_logo_is_read_from_beside_the_file(
    site: Callable[[str, str], Layout], tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    assert site(F1, 'head.logo = "logo.png"').picture == PNG


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("title = ", "文件末尾", "写法不合 TOML（Invalid value"),
        ('paper = "A4"\ntitle = A4\n', "第 2 行", "写法不合 TOML（Invalid value"),
        ("colour = 1", "", "没有 colour 这一项"),
        ("title = 3", "title", "应当是文字，写的是整数"),
        ('head.sgin = "x"', "head", "没有 sgin 这一项"),
        ('head = "x"', "head", "应当是一节，写的是文字"),
        ('paper = "B5"', "paper", "应当是 A5 landscape、"),
        ("scale = 9", "scale", "应当在 0.5 到 3 之间"),
        ("margin = 1", "margin", "应当在 5 到 100 之间（点）"),
        ("copies = []", "copies", "至少要有一联"),
        ('parts = ["fact"]', "parts 里的 'fact'", "这张单据没有这一项"),
        ('parts = "facts"', "parts", "应当是列表，写的是文字"),
        ('facts = ["血型"]', "facts 里的 '血型'", "这张单据没有这一项"),
        ('texts.hint = "x"', "texts.hint", "这张单据没有这一项"),
        ('texts = "x"', "texts", "应当是一节，写的是文字"),
        ('head.logo = "none.png"', "head.logo", "none.png 打不开"),
        ('head.logo = "f1_settlement_slip.toml"', "head.logo", "不是 PNG 或 JPEG"),
        ('signatures = [[{ label = "签字", wide = 3 }]]', "signatures[0][0]", "没有 wide 这一项"),
        ("signatures = [[{ width = 3 }]]", "signatures[0][0]", "少了 label"),
    ],
)
def test_what_is_wrong_is_named_with_its_file_and_place(
    text: str, place: str, reason: str, site: Callable[[str, str], Layout], tmp_path: Path
) -> None:
    with pytest.raises(LayoutFault) as found:
        site(F1, text)
    fault = found.value
    assert fault.file == str(tmp_path / f"{F1}.toml")
    assert fault.place.startswith(place)
    assert reason in fault.reason
    assert str(fault).startswith(fault.file)


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    (tmp_path / f"{F1}.toml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(LayoutFault, match="不是 UTF-8"):
        load_layout(F1, tmp_path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / f"{F1}.toml").mkdir()
    with pytest.raises(LayoutFault, match=rf"{F1}.*打不开"):
        load_layout(F1, tmp_path)
