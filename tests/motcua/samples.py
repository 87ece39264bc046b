"""A guide with next to nothing in it, for tests that need one of their own."""

from pathlib import Path
from typing import Any

import yaml

from motcua.procedures.guide import Guide


def way_facts(way: str = "in_person", **changes: Any) -> dict[str, Any]:
    """One way of handing in, as YAML holds it."""
    facts = {"way": way, "time": "3 ngày làm việc", "fee_note": "chưa xác nhận", "steps": ["Nộp giấy tờ.", "Nhận kết quả."]}
    return facts | changes


def guide_facts(**changes: Any) -> dict[str, Any]:
    """The least a guide must say, as YAML holds it."""
    facts = {
        "code": "9.000001",
        "name": "Đăng ký nuôi mèo",
        "field": "thu-nuoi",
        "level": "commune",
        "summary": "Ghi tên một con mèo vào sổ của phường.",
        "also_called": ["khai mèo", "giấy cho mèo", "sổ mèo"],
        "questions": {
            "overview": ["mèo mới đẻ thì làm gì", "khai cho chó", "mèo đi lạc"],
            "place": ["xin sổ ở đâu"],
            "conditions": ["nuôi mèo có phải khai"],
        },
        "who": "Người nuôi mèo",
        "papers": [{"name": "Tờ khai nuôi mèo"}],
        "channels": [way_facts()],
        "where": {"office": "commune_centre"},
        "result": "Sổ mèo",
        "legal_basis": [{"number": "01/2026/QĐ-MEO", "name": "Quyết định về mèo"}],
        "decision": "chưa xác nhận",
        "source": {"url": "https://dichvucong.gov.vn", "as_of": "2026-07-20"},
        "checked_on": "2026-11-23",
    }
    return facts | changes


def guide(**changes: Any) -> Guide:
    """The guide of those facts."""
    return Guide.model_validate(guide_facts(**changes))


def write_guide(folder: Path, file: str = "thu-nuoi/9.000001-nuoi-meo.yml", **changes: Any) -> Path:
    """Its file below a folder of guides."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(guide_facts(**changes), allow_unicode=True), "utf-8")
    return path
