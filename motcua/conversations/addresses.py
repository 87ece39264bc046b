"""Where people write where they live, closer than their ward or commune: house numbers, lanes, streets, hamlets."""

import re
from collections.abc import Iterator

from motcua.conversations.two_spellings import Pattern, Spelled, Words

Span = tuple[int, int]
_NUMBER = r"\d{1,4}[a-zđ]?\d?(?:\s?/\s?\d{1,4}[a-z]?)*(?!\w)"
_HOUSE = rf"(?:số nhà|nhà số|sn|địa chỉ(?: là|:)? số)\s*:?\s*{_NUMBER}"
_PARTS = Pattern(
    rf"(?<![\w/])(?:{_HOUSE}"
    rf"|(?:ngõ|ngách|hẻm|kiệt|xóm|thôn|tdp|tổ dân phố|khu phố|khu dân cư)\s+(?:số\s+)?{_NUMBER})"
)
# A number is a house's if the way behind it has a name: "12 đường Lý Thái Tổ", not "cách 12 đường".
_HOUSE_OF_WAY = Pattern(rf"(?<![\w/])(?:số\s+)?{_NUMBER}[,\s]+(?=(?:đường|phố|ngõ|ngách|hẻm|kiệt)\s)")
# Numbers that stand in an address beside something else of one.
_BESIDE = Pattern(rf"[,\s]*(?<!\w)(?:tổ|khu|đội|cụm|tầng|phòng|lô|căn hộ|chung cư|tòa|nhà)\s+(?:số\s+)?{_NUMBER}")
_BEFORE_PLACE = Pattern(rf"(?<!\w)(?:tổ|khu|đội|cụm)\s+(?:số\s+)?{_NUMBER}(?=[,\s]+(?:phường|xã|thị trấn|p\.|tp|thành phố)\s?)")
_NAMED = Pattern(
    r"(?<!\w)(?<!trưởng )(?<!thành )(?<!nuôi )(?<!an )"
    r"(?:đường|phố|thôn|xóm|làng|ấp|bản|khu phố|tổ dân phố|tdp|khu đô thị|chung cư|ngõ)\s+(?=[a-zà-ỹđ])"
)
_SMALL = Pattern(r"(?<!\w)(?<!trưởng )(?:thôn|xóm|đường)\s+(?=[a-zà-ỹđ])")
_LED = Pattern(r"(?:(?<!\w)(?:ở|tại|số nhà|địa chỉ|trú|quê|quán|ngụ|về)\s*:?|,|\d[a-z]?)\s+")
_PLACE = Pattern(r"[,\s]+(?:phường|xã|thị trấn|huyện|tỉnh|thành phố|tp|p\.)\s*")
_WORD = re.compile(r"[^\W\d_]+")
_NO_STREETS = Words(
    "hay hoặc bản với bộ sắt thủy thuỷ hàng cao cấm một ống truyền dây đi về nào gì này ấy xá tỉnh quốc liên huyện làng "
    "nghề nghèo quê mới cũ đó kia nội ngoại văn vì có không bị thì là ở của mình tôi em cháu và đẹp cách cổ sá nhựa bê lớn "
    "nhỏ to vào ra dẫn trường sao chính giấy khai kê án đồ tin gốc thân cáo mềm dịch điện photo chụp đăng thoại thuế xuất "
    "nhập hỏa biên trên"
)
_MAX = 4


def find_addresses(spelled: Spelled) -> Iterator[Span]:
    """Where addresses stand; wards, communes and what is above them stay, since answers hang on them."""
    spans = [match.span() for pattern in (_PARTS, _BEFORE_PLACE) for match in pattern.finditer(spelled)]
    houses = [match.span() for match in _HOUSE_OF_WAY.finditer(spelled)]
    spans += [span for match in _NAMED.finditer(spelled) if (span := _named(spelled, match))]
    numbered = {end for _, end in (*spans, *houses)}
    spans += [span for match in _SMALL.finditer(spelled) if (span := _small(spelled, match, numbered))]
    spans += [house for house in houses if any(start == house[1] for start, _ in spans)]
    for start, end in _merged(spelled, sorted(spans)):
        while beside := _BESIDE.match(spelled, end):
            end = beside.end()
        yield start, end


def _named(spelled: Spelled, lead: re.Match[str]) -> Span | None:
    """A kind of way or hamlet with a name in capitals, or a number behind one."""
    at, end = lead.end(), None
    is_title = spelled.text[lead.start()].isupper()  # "Giấy phép Đường Bộ"
    for _ in range(_MAX):
        word = _WORD.match(spelled.read, at)
        if word is None or not spelled.is_capital(*word.span()) or (is_title and _NO_STREETS.has(word[0], spelled)):
            break
        end = word.end()
        at = end + 1 if spelled.read[end : end + 1] == " " else len(spelled.read)
    return (lead.start(), end) if end is not None else None


def _small(spelled: Spelled, lead: re.Match[str], numbered: set[int]) -> Span | None:
    """Written small: only behind what leads to an address, and up to the ward or commune or the end of the sentence."""
    before = len(spelled.read[: lead.start()].rstrip(" ,"))
    is_led = not numbered.isdisjoint((lead.start(), before)) or any(
        match.end() == lead.start() for match in _LED.finditer(spelled)
    )
    at, end = lead.end(), None
    for _ in range(_MAX):
        word = _WORD.match(spelled.read, at)
        if word is None or _NO_STREETS.has(word[0], spelled) or spelled.is_capital(*word.span()):
            break
        end = word.end()
        if is_led and _PLACE.match(spelled, end):
            return lead.start(), end
        if spelled.read[end : end + 1] != " ":
            break
        at = end + 1
    is_over = end is not None and re.match(r"\s*(?:[,.;\n]|$)", spelled.read[end:])
    return (lead.start(), end) if end is not None and is_led and is_over else None


def _merged(spelled: Spelled, spans: list[Span]) -> list[Span]:
    """Parts of one address, with nothing but commas and spaces between them, as one."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and not spelled.read[merged[-1][1] : start].strip(" ,.-\t"):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
