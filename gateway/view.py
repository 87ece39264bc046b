"""How a visitor wants the page: language, colours and size of the text, kept in one cookie that holds nothing else."""

from dataclasses import dataclass, replace

from fastapi import Request, Response

COOKIE = "view"
LANGUAGES = ("vi", "en")
THEMES = ("light", "dark", "contrast")  # none chosen: what the device prefers
SIZES = ("small", "", "large", "huge")
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class View:
    """One visitor's choices; an empty theme or size is the device's own."""

    lang: str = "vi"
    theme: str = ""
    size: str = ""

    @property
    def other(self) -> str:
        """The language that can be switched to."""
        return "vi" if self.lang == "en" else "en"

    def changed(self, change: str) -> "View":
        """The view after a press of one of the header's buttons; an unknown change is none."""
        if change in LANGUAGES:
            return replace(self, lang=change)
        if change in THEMES:
            return replace(self, theme=change)
        if change in ("smaller", "bigger"):
            at = SIZES.index(self.size) + (1 if change == "bigger" else -1)
            return replace(self, size=SIZES[min(max(at, 0), len(SIZES) - 1)])
        return self

    def keep(self, response: Response, *, secure: bool) -> None:
        """Puts the view into its cookie; the page's script reads and writes it too."""
        value = f"{self.lang}.{self.theme}.{self.size}"
        response.set_cookie(COOKIE, value, max_age=_YEAR, samesite="lax", secure=secure)


def read_view(request: Request) -> View:
    """The view of a request: its cookie, with `?lang=en` before it. What cannot be read is the default."""
    lang, theme, size = [*request.cookies.get(COOKIE, "").split("."), "", "", ""][:3]
    wanted = request.query_params.get("lang", lang)
    return View(_one_of(wanted, LANGUAGES, "vi"), _one_of(theme, THEMES, ""), _one_of(size, SIZES, ""))


def _one_of(found: str, known: tuple[str, ...], default: str) -> str:
    return found if found in known else default
