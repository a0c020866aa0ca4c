"""The characters that every slip shows, whoever it is for: each font's share is embedded in one piece.

Only speed and size rest on this: any other character is embedded beside it. At most 254 of them fit
into one subset of a font.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from printing.font_places import Role

_FIGURES = "0123456789.,-"
_LATIN = f"{_FIGURES} ABCDEFGHIJKLMNOPQRSTUVWXYZ:/*%=+()"
_HAN = (
    "−。万三与个为乙人付仟以价份伍会佰例保元先全共关写准凭分划别办医单卡印叁参号合名"
    "员围在地基壹大姓字室家就属岁工年异急性总患成或户打报担拾捌支收政整文断时最本机构"
    "柒次比玖用甲电男疗省码社种科章符第等策筹签算类系级终结统编者职联肆自范药行西角解"
    "计证诊话负账贰费起超跨身部释金长门间陆限院险障零页额龄（）"
)

ALPHABETS: Mapping[Role, str] = MappingProxyType(
    {Role.LATIN: _LATIN, Role.LATIN_STRONG: _FIGURES, Role.HAN: _HAN, Role.HAN_STRONG: _HAN}
)
"""By the role of a font; the first font of a role draws nearly all of it."""
