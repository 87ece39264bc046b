"""The console's static files, kept by browsers: their addresses carry a version."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from console.pages import STATIC


class KeptFiles(StaticFiles):
    """Style, script, fonts and icon; the only thing that is open without a rule."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000"
        return response
