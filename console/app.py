"""The console's app: `uvicorn --factory console.app:create_app`."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.sessions import SessionMiddleware

from console import refusals
from console.access import SignInFirst, admit, require_rules
from console.foundation import open_foundation
from console.gateway_client import GatewayClient
from console.guard import Guard
from console.guides.ageing import load_ended_laws
from console.guides.checkout import Checkout
from console.guides.shelf import Shelf
from console.helping.desk import Desk
from console.helping.drafts import Drafts
from console.helping.handbook import Handbook
from console.helping.local_copy import LocalCopy
from console.helping.residents import Residents
from console.helping.tally import Tally
from console.improving.runner import Runner
from console.pages import Pages
from console.people.directory import Directory
from console.people.office_account import OfficeAccount
from console.people.sessions import Sessions
from console.people.signing_in import SigningIn
from console.routes import ROUTES
from console.settings import ConsoleSettings, load_console_settings
from console.static_files import KeptFiles
from motcua.conversations.store import ConversationStore
from motcua.logs import set_up_logging
from motcua.places.units import load_places
from motcua.procedures.answers import Answers
from motcua.procedures.catalogue.store import load_catalogue
from motcua.procedures.loader import load_guides
from motcua.procedures.procedures import Procedures
from motcua.vietnamese.folding import fold


def create_app(
    settings: ConsoleSettings | None = None,
    *,
    clock: Callable[[], float] = time.time,
    gateway: httpx.Client | None = None,
) -> FastAPI:
    """The app. Raises SettingFault, or RouteWithoutRule for a page that does not say who may see it."""
    if settings is None:  # a process of its own
        settings = load_console_settings()
        set_up_logging(settings.shared.log_format)
    app = FastAPI(
        title="Hỏi Một Cửa", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(admit)]
    )
    state = app.state
    state.settings, state.pages, state.foundation = settings, Pages(), open_foundation(settings, clock)
    state.sessions = Sessions(state.foundation)
    state.directory = Directory(state.foundation, state.sessions)
    state.signing_in = SigningIn(state.foundation, state.sessions)
    state.office = OfficeAccount(settings.oidc) if settings.oidc else None
    state.places = _places(settings)
    state.guides = load_guides(settings.shared.knowledge_base / "procedures")
    state.catalogue = load_catalogue(settings.shared.catalogue_dir)
    state.procedures = Procedures(state.guides, state.catalogue)
    state.ended_laws = load_ended_laws(settings.shared.knowledge_base / "ended_laws.yml")
    state.answers = Answers(settings.shared.knowledge_base)
    state.shelf = _shelf(settings)
    state.conversations = ConversationStore(settings.shared.conversations_url)
    state.runner = Runner(state.conversations, settings.shared)
    state.gateway = GatewayClient(gateway or _gateway(settings))
    state.desk, state.drafts = Desk(state.gateway), Drafts(state.foundation)
    state.residents, state.tally = Residents(state.foundation, state.gateway), Tally(state.foundation)
    state.handbook = Handbook(settings.shared.knowledge_base)
    state.local_copy = LocalCopy(state.handbook, state.pages, has_qr=bool(settings.shared.public_url))
    require_rules(ROUTES)
    for routes in ROUTES:
        app.include_router(routes)
    app.mount("/static", KeptFiles())
    app.add_exception_handler(SignInFirst, refusals.sign_in_first)
    app.add_exception_handler(HTTPException, refusals.refuse)
    app.add_exception_handler(RequestValidationError, refusals.refuse_form)
    app.add_middleware(
        SessionMiddleware, secret_key=settings.secret, session_cookie="office", max_age=600, path="/sign-in", same_site="lax"
    )
    app.add_middleware(Guard)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.runner.close()
    app.state.gateway.close()
    app.state.conversations.close()
    app.state.foundation.database.close()


def _places(settings: ConsoleSettings) -> dict[str, str]:
    """Names of the wards and communes by code, in the order of the alphabet."""
    units = load_places(settings.shared.knowledge_base / "places.yml").units.values()
    return {unit.code: unit.full_name for unit in sorted(units, key=lambda unit: fold(unit.name))}


def _shelf(settings: ConsoleSettings) -> Shelf:
    checkout = Checkout(settings.guides_checkout) if settings.guides_checkout else None
    return Shelf(settings.shared.knowledge_base / "procedures", checkout)


def _gateway(settings: ConsoleSettings) -> httpx.Client:
    headers = {"Authorization": f"Bearer {settings.shared.staff_token}"}
    return httpx.Client(base_url=settings.gateway_url, headers=headers, timeout=httpx.Timeout(10, connect=2))
