"""People with rare characters are read, compared and masked rightly (names and fonts)."""

from __future__ import annotations

import unicodedata

import pytest

from desktop.domain.names import PUA_TO_STANDARD, masked_name, normalised, same_name, standard

TWO_BYTE_CODES = {
    **dict(
        zip(
            ("FE59", "FE61", "FE66", "FE67", "FE6D", "FE7E", "FE90", "FEA0"),
            range(0x9FB4, 0x9FBC),
            strict=True,
        )
    ),
    "FE51": 0x20087,
    "FE52": 0x20089,
    "FE53": 0x200CC,
    "FE6C": 0x215D7,
    "FE76": 0x2298F,
    "FE91": 0x241FE,
    "A6D9": 0xFE10,
    "A6DA": 0xFE12,
    "A6DB": 0xFE11,
    "A6DC": 0xFE13,
    "A6DD": 0xFE14,
    "A6DE": 0xFE15,
    "A6DF": 0xFE16,
    "A6EC": 0xFE17,
    "A6ED": 0xFE18,
    "A6F3": 0xFE19,
}
"""GB 18030-2022: the codes whose meaning changed since the table that the codec follows."""


@pytest.mark.parametrize(("code", "character"), TWO_BYTE_CODES.items())
def test_each_override_comes_from_the_bytes_of_a_card(code: str, character: int) -> None:
    assert standard(bytes.fromhex(code).decode("gb18030")) == chr(character)


@pytest.mark.parametrize(("code", "character"), TWO_BYTE_CODES.items())
def test_each_override_goes_back_to_the_bytes_of_a_card(code: str, character: int) -> None:
    private_use = {real: private for private, real in PUA_TO_STANDARD.items()}
    assert chr(private_use[character]).encode("gb18030") == bytes.fromhex(code)


def test_the_overrides_are_the_24_of_the_standard() -> None:
    assert len(PUA_TO_STANDARD) == 24
    assert set(PUA_TO_STANDARD.values()) == set(TWO_BYTE_CODES.values())
    assert all(unicodedata.category(chr(private)) == "Co" for private in PUA_TO_STANDARD)


@pytest.mark.parametrize("name", ["䶮", "㼆", "彧", "龴", "𠮷", "𬀩", "𫖮", "\U0002ebf0", "阿·卜"])
def test_real_characters_stay(name: str) -> None:
    assert standard(name) == name
    assert standard(name.encode("gb18030").decode("gb18030")) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阿卜杜·热合曼", "阿卜杜\u2022热合曼"),
        ("阿卜杜·热合曼", "阿卜杜\u30fb热合曼"),
        ("阿卜杜·热合曼", "阿卜杜\uff65热合曼"),
        ("阿卜杜·热合曼", "阿卜杜 \u22c5 热合曼"),
        ("ＡＬＩ 王", "ali王"),
        ("\ue81e三", "\u9fb4三"),
        ("\ue863三", "䶮三"),
        ("阿卜杜.热合曼", "阿卜杜·热合曼"),
        (" 张 三\u3000", "张三"),
    ],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    assert same_name(one, other)
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(("one", "other"), [("张三", "张山"), ("吉", "𠮷"), ("阿·卜", "阿卜")])
def test_other_names_are_not(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("", ""),
        ("张", "*"),
        ("张三", "张*"),
        ("张三丰", "张*丰"),
        ("欧阳小明", "欧**明"),
        ("𠮷𬀩𫖮", "𠮷*𫖮"),
    ],
)
def test_masks(name: str, masked: str) -> None:
    """House rule 8."""
    assert masked_name(name) == masked
