"""Chat spelling: the short forms people type on a phone, written out."""

import re

from motcua.vietnamese.folding import fold

# Folded short form → what it stands for. Only forms with one meaning in questions to a public office; those with several
# are in AMBIGUOUS_FORMS.
SHORT_FORMS = {
    "k": "không",
    "ko": "không",
    "kh": "không",
    "kg": "không",
    "hok": "không",
    "khg": "không",
    "hem": "không",
    "dc": "được",
    "dk": "đăng ký",
    "dky": "đăng ký",
    "dki": "đăng ký",
    "dkkh": "đăng ký kết hôn",
    "dkks": "đăng ký khai sinh",
    "dkkd": "đăng ký kinh doanh",
    "dktt": "đăng ký tạm trú",
    "j": "gì",
    "ji": "gì",
    "r": "rồi",
    "rui": "rồi",
    "vs": "với",
    "ntn": "như thế nào",
    "tn": "thế nào",
    "bn": "bao nhiêu",
    "bnh": "bao nhiêu",
    "bnhieu": "bao nhiêu",
    "lm": "làm",
    "cx": "cũng",
    "mk": "mình",
    "mik": "mình",
    "mn": "mọi người",
    "ng": "người",
    "ngta": "người ta",
    "bjo": "bây giờ",
    "bgio": "bao giờ",
    "xl": "xin lỗi",
    "tks": "cảm ơn",
    "thks": "cảm ơn",
    "thanks": "cảm ơn",
    "hs": "hồ sơ",
    "hso": "hồ sơ",
    "gt": "giấy tờ",
    "gto": "giấy tờ",
    "ttuc": "thủ tục",
    "tthc": "thủ tục hành chính",
    "dvc": "dịch vụ công",
    "gks": "giấy khai sinh",
    "ks": "khai sinh",
    "cmnd": "chứng minh nhân dân",
    "cmt": "chứng minh nhân dân",
    "cmtnd": "chứng minh nhân dân",
    "cccd": "căn cước công dân",
    "hc": "hộ chiếu",
    "hk": "hộ khẩu",
    "shk": "sổ hộ khẩu",
    "gplx": "giấy phép lái xe",
    "blx": "bằng lái xe",
    "bhyt": "bảo hiểm y tế",
    "bhxh": "bảo hiểm xã hội",
    "bhtn": "bảo hiểm thất nghiệp",
    "gcn": "giấy chứng nhận",
    "gcnqsdd": "giấy chứng nhận quyền sử dụng đất",
    "qsdd": "quyền sử dụng đất",
    "hkd": "hộ kinh doanh",
    "gpxd": "giấy phép xây dựng",
    "lltp": "lý lịch tư pháp",
    "ubnd": "ủy ban nhân dân",
    "ub": "ủy ban",
    "tncn": "thu nhập cá nhân",
    "mst": "mã số thuế",
    "nvqs": "nghĩa vụ quân sự",
    "tnxp": "thanh niên xung phong",
    "ccb": "cựu chiến binh",
    "xdung": "xây dựng",
    "nn": "nước ngoài",
    "nnn": "người nước ngoài",
    "khum": "không",
    "thik": "thích",
    "bik": "biết",
    "nhiu": "nhiêu",
    "nhju": "nhiêu",
    "nhug": "những",
    "trc": "trước",
    "trog": "trong",
    "vc": "việc",
    "zay": "vậy",
    "zi": "gì",
    "zo": "vô",
    "vk": "vợ",
    "ck": "chồng",
    "jo": "giờ",
    "bjh": "bây giờ",
    "mng": "mọi người",
    "ntnao": "như thế nào",
    "dkxe": "đăng ký xe",
    "sdt": "số điện thoại",
    "dtdd": "điện thoại di động",
    "cty": "công ty",
    "ktt": "kế toán trưởng",
    "gpkd": "giấy phép kinh doanh",
    "gcnqsd": "giấy chứng nhận quyền sử dụng",
    "nld": "người lao động",
    "hdld": "hợp đồng lao động",
    "xkld": "xuất khẩu lao động",
    "kcb": "khám chữa bệnh",
    "htx": "hợp tác xã",
    "tnld": "tai nạn lao động",
    "bhtnld": "bảo hiểm tai nạn lao động",
    "nkt": "người khuyết tật",
    "nct": "người cao tuổi",
    "ncc": "người có công",
    "mun": "muốn",
    "thui": "thôi",
    "lun": "luôn",
    "nx": "nữa",
    "chx": "chưa",
    "nma": "nhưng mà",
    "nhma": "nhưng mà",
    "hnay": "hôm nay",
    "hqua": "hôm qua",
    "lsao": "làm sao",
    "tsao": "tại sao",
    "oto": "ô tô",
    "kcn": "khu công nghiệp",
    "ktra": "kiểm tra",
    "ksk": "khám sức khỏe",
    "sk": "sức khỏe",
    "sv": "sinh viên",
    "gv": "giáo viên",
    "dh": "đại học",
    "tgian": "thời gian",
    "dchi": "địa chỉ",
    "ttin": "thông tin",
    "cb": "cán bộ",
    "cbo": "cán bộ",
    "cax": "công an xã",
    "kb": "khai báo",
}

# Folded short form → what it may stand for; the neighbours decide (motcua.vietnamese.repair), else it stays as typed.
AMBIGUOUS_FORMS = {
    "tt": ("tạm trú", "thường trú", "thủ tục", "thông tin"),
    "bh": ("bảo hiểm", "bao giờ", "bây giờ"),
    "gd": ("gia đình", "giám đốc", "giáo dục"),
    "cc": ("căn cước", "công chứng", "cung cấp"),
    "nv": ("nhân viên", "nghĩa vụ", "nhập viện"),
    "gp": ("giấy phép", "giải phóng"),
    "dt": ("điện thoại", "điện tử", "đào tạo"),
    "sd": ("sổ đỏ", "sử dụng"),
    "tk": ("tài khoản", "tờ khai"),
    "xm": ("xe máy", "xác minh"),
    "bt": ("biết", "bình thường", "bồi thường"),
    "xn": ("xác nhận", "xí nghiệp"),
    "cn": ("công nhân", "chứng nhận", "chi nhánh"),
    "kd": ("kinh doanh", "kiểm định"),
    "ld": ("lao động", "liên doanh"),
    "hd": ("hợp đồng", "hướng dẫn", "hóa đơn"),
    "nc": ("nước", "nâng cấp"),
    "p": ("phải", "phường"),
    "bv": ("bệnh viện", "bảo vệ"),
    "bs": ("bác sĩ", "bổ sung"),
    "cv": ("công việc", "công văn"),
    "vp": ("văn phòng", "vi phạm"),
    "qd": ("quyết định", "quân đội"),
}

# How the young spell the beginning of a syllable, and how it is spelled: "fải" is phải, "zậy" vậy, "jấy" giấy.
ONSETS = (("f", "ph"), ("dz", "d"), ("dz", "v"), ("z", "d"), ("z", "gi"), ("z", "v"), ("j", "gi"), ("w", "qu"))

# Short forms that only their neighbours give a meaning: "hạng e" is no "em", "h Yên Phong" a huyện, "k" of money a thousand.
# Patterns are of folded text, and their first group is what is written out.
_NO_CLASS = r"(?<!\bhang )(?<!\bbang )"
_SAYING_NOW = "em|e|toi|minh|mk|con|no|mun|muon|phai|can|lam|lm|thi|di|xin|bi|doi|moi|lai"
_AMONG_NEIGHBOURS = [
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"\b(?:bao|bay|may)\s+(h)\b", "giờ"),
        (rf"(?<!\bo )(?<!\btai )\b(h)(?= (?:{_SAYING_NOW})\b)", "giờ"),
        (r"\bmay\s+(k)\b", "nghìn"),
        (r"\bdu\s+(dk)\b", "điều kiện"),
        (r"\b(dk)(?= (?:de|gi|j)\b)", "điều kiện"),
        (r"\b(vc)(?= (?:em|e|minh|mk|toi|nha|chau|chong)\b)", "vợ chồng"),
        (rf"{_NO_CLASS}(?<!-)\b(e)\b(?!-)", "em"),
        (r"\b([vz])(?= *(?:$|[?!.,]| (?:a|mn|ad|moi)\b))", "vậy"),
        (rf"{_NO_CLASS}(?<=\w )\b(a)(?= *(?:$|[?!.]))", "ạ"),
        (r"(?<![.\w])(vn)\b", "việt nam"),
    )
]
_ANY = re.compile(r"\b(?:[aehkvz]|dk|vc|vn)\b")  # most texts have none, and every passage is read so at the start
_WORD = re.compile(r"\w+")


def spell_out(text: str) -> str:
    """The text with known short forms written out; everything else stays as typed."""
    return _WORD.sub(lambda word: SHORT_FORMS.get(fold(word[0]), word[0]), _spell_out_by_neighbours(text))


def _spell_out_by_neighbours(text: str) -> str:
    folded = fold(text)
    if not _ANY.search(folded) or len(folded) != len(text):  # not composed: nobody types so, and places would not fit
        return text
    found = {match.span(1): meant for pattern, meant in _AMONG_NEIGHBOURS for match in pattern.finditer(folded)}
    for (start, end), meant in sorted(found.items(), reverse=True):
        text = text[:start] + meant + text[end:]
    return text
