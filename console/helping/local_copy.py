"""The local copy: all guides as one file that a device keeps, for who helps where there is no network."""

import gzip
import hashlib
import json
from functools import cached_property

from console.helping.handbook import Handbook, names
from console.pages import Pages


class LocalCopy:
    """Made when first asked for. It holds what the guides say and nothing of anybody."""

    def __init__(self, handbook: Handbook, pages: Pages, *, has_qr: bool) -> None:
        self._handbook, self._pages, self._has_qr = handbook, pages, has_qr

    @property
    def packed(self) -> bytes:
        """The file, as gzip: {"version", "guides": {code: {"name", "names" (folded, to search in), "html"}}}."""
        return self._made[0]

    @property
    def version(self) -> str:
        """Changes with what the guides say and with the console itself."""
        return self._made[1]

    @cached_property
    def _made(self) -> tuple[bytes, str]:
        guides = {code: self._entry(code) for code in self._handbook.guides}
        content = json.dumps(guides, ensure_ascii=False, sort_keys=True)
        version = hashlib.sha256(f"{self._pages.version}{content}".encode()).hexdigest()[:16]
        return gzip.compress(f'{{"version":"{version}","guides":{content}}}'.encode(), mtime=0), version

    def _entry(self, code: str) -> dict[str, object]:
        sheet = self._handbook.sheet(code)
        assert sheet is not None
        return {
            "name": sheet.guide.name,
            "names": names(sheet.guide),
            "html": self._pages.piece("sheet.html", sheet=sheet, chosen=(), has_qr=self._has_qr),
        }
