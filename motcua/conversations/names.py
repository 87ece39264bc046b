"""Where people name somebody: behind "tên tôi là", "cháu tên", "họ tên", or a family name behind "em là"."""

import re
from collections.abc import Iterator

from motcua.conversations.two_spellings import Pattern, Spelled, Words

Span = tuple[int, int]
_WHO = "tôi|em|cháu|con|mình|tui|bé|vợ|chồng|bố|mẹ|cha|ông|bà|anh|chị|chú|bác|cô|dì|thằng|cu|gái|trai|út|chủ hộ|người"
_WHOSE = rf"(?:{_WHO})(?: (?:của )?(?:{_WHO})){{0,2}}"
_IS = r"\s*(?::|-|=|\blà\b)?\s*"
# Behind these stands a name, whatever it looks like …
_TOLD = Pattern(
    rf"(?<!\w)(?:(?:họ (?:và )?tên|h[ọo] t[êe]n đầy đủ|tên đầy đủ|tên khai sinh)(?: (?:của )?{_WHOSE})?{_IS}"
    rf"|tên (?:của )?{_WHOSE}(?: (?:cũng|đầy đủ))?\s*(?::|là\b)\s*"
    rf"|{_WHOSE} (?<!đứng )(?:tên thật|họ tên|tên)(?: là)?\s*:?\s+(?:là )?)"
)
# … and behind these perhaps.
_PERHAPS = Pattern(
    rf"(?<!\w)(?:{_WHOSE}|đây) là\s+|(?<!\w)đứng tên(?: là)?\s+|(?<!\w)(?:ông|bà|anh|chị)\s+(?=[a-zđ]+\s+(?:văn|thị)\s)"
)
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[ \t]+")
_MIDDLE = Words("văn thị")
_SURNAMES = Words(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn trịnh đinh mai trương lâm tô chu vương "
    "tạ hà lương cao phùng thân giáp nghiêm tống tăng quách ngọ ong diêm la khổng thạch thái triệu từ viên kiều bạch nông "
    "hứa ninh"
)
# Without diacritics these are words as well: hộ, vợ, do, lễ, ly hôn, từ …
_DOUBTFUL = Words("hồ võ đỗ lê lý mai tô tạ hà la từ cao thân chu thái viên vương lâm ninh ngọ ong hoàng")
_ENDS = Words(
    "ạ ở tại quê hiện đang muốn cần xin hỏi cho làm có đã bị là thì và với này đây số sđt sdt cccd cmnd cmt ngày tuổi năm "
    "thường cư mất đổi đăng đk nhờ giúp đến ra không ko được rồi thế của nhé nha vừa mới định sẽ phải từng gửi nộp tên khi "
    "để trong nên mà trú cùng kết lấy nhà dạ thưa hay hoặc địa email mail zalo đt gọi người dân liên tôi em cháu con "
    "chị hôm"
)
_NO_NAMES = Words(
    "gì nào ai khai sai khác cũ mới đệm gọi thật trong trên đúng họ cha mẹ là ở bị không chưa được như theo viết ghi ra đó này "
    "kia thường thánh riêng chung nước ngoài doanh công cơ chủ người dân con vợ chồng bố bà ông cán học sinh giáo bộ hộ lao "
    "bên đại cháu em chị anh cô chú bác khách một hai ba rất đang đã sẽ muốn cần xin để của và hay hoặc việt đảng quân "
    "thương bệnh hưu mồ trẻ nhân viên cựu thợ nông phụ kế kỹ bác luật tài giám trưởng phó thành nhà mình tôi có thì vì do "
    "từ lần trường thuộc đồng dòng giống nữ nam diện đối tượng sổ giấy thẻ căn số tổ thôn hàng chính còn cả đi làm nhầm bản "
    "tiếng dưới đấy cái lúc nhé ạ với trùng thay đổi"
)
_MAX = 5


def find_names(spelled: Spelled) -> Iterator[Span]:
    """Where names stand, without the words that lead to them."""
    for pattern, is_told in ((_TOLD, True), (_PERHAPS, False)):
        for lead in pattern.finditer(spelled):
            if (found := _name(spelled, lead.end(), is_told=is_told)) is not None:
                yield found


def _name(spelled: Spelled, start: int, *, is_told: bool) -> Span | None:
    words = _words(spelled, start)
    if not words:
        return None
    heads = [spelled.read[begin:end] for begin, end in words]
    capitals = _capitals(spelled, words)
    if capitals and (is_told or not _NO_NAMES.has(heads[0], spelled)):
        run = capitals if is_told or capitals > 1 or _SURNAMES.has(heads[0], spelled) else _alone(spelled, words)
    elif _SURNAMES.has(heads[0], spelled) and (is_told or not _is_doubtful(spelled, heads)):
        run = _run(spelled, heads, words)
        run = run if run > (2 if _is_doubtful(spelled, heads) else 1) else 0
    else:
        run = _run(spelled, heads, words) if is_told and not _NO_NAMES.has(heads[0], spelled) else 0
    return (words[0][0], words[run - 1][1]) if run else None


def _words(spelled: Spelled, start: int) -> list[Span]:
    """The next words, as long as nothing but spaces stands between them."""
    words: list[Span] = []
    while len(words) <= _MAX and (word := _WORD.match(spelled.read, start)):
        words.append(word.span())
        gap = _GAP.match(spelled.read, word.end())
        if gap is None:
            break
        start = gap.end()
    return words


def _capitals(spelled: Spelled, words: list[Span]) -> int:
    """How many words in a row are written like a name."""
    count = next((at for at, word in enumerate(words) if not spelled.is_capital(*word)), len(words))
    return min(count, _MAX)


def _alone(spelled: Spelled, words: list[Span]) -> int:
    """ "em là Lan ạ": one capital, where the sentence ends or goes on as behind a name."""
    return int(len(words) == 1 or _ENDS.has(spelled.read[slice(*words[1])], spelled))


def _run(spelled: Spelled, heads: list[str], words: list[Span]) -> int:
    """How many words belong to a name written small; behind "văn" and "thị" one always does."""
    for at, head in enumerate(heads[:_MAX]):
        is_given = at > 0 and _MIDDLE.has(heads[at - 1], spelled)
        is_middle = at > 0 and _MIDDLE.has(head, spelled) and at + 1 < len(heads)
        if at and not is_given and not is_middle and _ends(spelled, heads, at):
            return at
    return min(len(heads), _MAX - 1 if len(heads) > _MAX - 1 and not _SURNAMES.has(heads[0], spelled) else _MAX)


def _ends(spelled: Spelled, heads: list[str], at: int) -> bool:
    if heads[at] == "sinh":  # a given name, unless the year or the day follows
        return at + 1 == len(heads) or heads[at + 1] in ("nam", "năm", "ngay", "ngày", "o", "ở", "tai", "tại")
    return _ENDS.has(heads[at], spelled)


def _is_doubtful(spelled: Spelled, heads: list[str]) -> bool:
    return spelled.is_plain and _DOUBTFUL.has(heads[0], spelled) and not any(_MIDDLE.has(head, spelled) for head in heads[1:3])
