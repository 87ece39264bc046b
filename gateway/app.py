"""The gateway's app: `uvicorn --factory gateway.app:create_app`."""

import asyncio
import importlib
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import httpx
import yaml
from fastapi import Depends, FastAPI
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from gateway import monitoring
from gateway.aiohttp_transport import AiohttpTransport
from gateway.bot_client import BotClient
from gateway.conversations import Conversations
from gateway.database import Database, clock
from gateway.deliverer import Deliverer
from gateway.dispatcher import Dispatcher
from gateway.erasing import Eraser
from gateway.flood import Limits, within_limits
from gateway.follower import ROUND_SECONDS, Follower
from gateway.guard import POLICY, Guard
from gateway.inbox import Inbox
from gateway.metrics import Metrics
from gateway.origin import own_pages_only
from gateway.outbox import Channel, Outbox
from gateway.pauses import Pauses
from gateway.privacy import Privacy
from gateway.reception import Reception
from gateway.recording import turn_of
from gateway.refusal import no_database, refusal
from gateway.rounds import Rounds
from gateway.shedding import Shedding
from gateway.staff import api as staff_api
from gateway.staff.counter import Counter
from gateway.staff.handovers import Handovers
from gateway.staff.helped import Helped
from gateway.staff.switch import Switch
from gateway.staff.watch import LOOK_SECONDS, Watch
from gateway.web_face import add_web_face
from motcua.conversations.recorder import Recorder
from motcua.conversations.store import ConversationStore
from motcua.dossiers.opening import open_private, open_registry
from motcua.dossiers.telling import FILE as STAGES
from motcua.dossiers.telling import load_stages
from motcua.heap import set_aside
from motcua.logs import set_up_logging
from motcua.places.duty import DUTY, load_duty
from motcua.procedures.answers import Answers
from motcua.settings import Settings, load_settings
from motcua.spans import end_spans, set_up_spans

THREADS = 32
PURGE_SECONDS = 60.0
TEXTS = Path(__file__).parent / "texts.vi.yml"


def create_app(settings: Settings | None = None, bot: httpx.AsyncClient | None = None) -> FastAPI:
    """The app with its stores, workers, routes and connectors. Raises ValueError without a secret.

    A connector is a module named in MOTCUA_CONNECTORS with a function `connect(app, settings) -> list[Channel]`. It may add
    routes to the app; to `app.state.running` it may append async context managers that are open while the app runs; and it
    uses what stands in `app.state` (see `_furnish`).
    """
    if is_alone := settings is None:  # a process of its own
        settings = load_settings()
        set_up_logging(settings.log_format)
        set_up_spans("gateway", settings.otlp_endpoint)
    client = bot or _bot_client(settings)
    app = FastAPI(title="Hỏi Một Cửa", lifespan=_lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    _furnish(app, settings, BotClient(client))
    app.state.running = [client]
    channels = [channel for name in settings.connectors for channel in _connect(name, app, settings)]
    app.state.deliverer = Deliverer(app.state.outbox, channels, app.state.metrics, revealed=app.state.privacy.revealed)
    app.state.rounds = _rounds(app, settings, channels)
    add_web_face(app, settings, dependencies=[Depends(own_pages_only), Depends(within_limits)])
    app.include_router(monitoring.routes)
    app.include_router(staff_api.routes)
    app.add_exception_handler(HTTPException, refusal)
    for fault in (OperationalError, PoolTimeout):
        app.add_exception_handler(fault, no_database)
    app.state.policy = POLICY.format(style=app.state.face.style_source)
    app.add_middleware(Guard, texts=app.state.texts, policy=app.state.policy)
    if is_alone:
        set_aside()
    return app


def _furnish(app: FastAPI, settings: Settings, bot: BotClient) -> None:
    """What routes and connectors find in `app.state`."""
    state = app.state
    database = Database(settings.database_url)
    state.bot = bot
    state.settings, state.texts, state.metrics = settings, yaml.safe_load(TEXTS.read_text("utf-8")), Metrics()
    state.recorder = recorder = Recorder(lambda: ConversationStore(settings.conversations_url))
    state.inbox = Inbox(database, on_settled=lambda message: recorder.record(turn_of(message)))
    state.outbox, state.pauses, state.database = Outbox(database), Pauses(database), database
    state.conversations = Conversations(settings.secret)
    state.private, state.registry = open_private(settings), open_registry(settings)
    state.privacy = Privacy(state.private.vault, state.inbox)
    state.eraser = Eraser(database, bot, recorder.erase, state.private.forget)
    state.switch, state.helped = Switch(database), Helped(database)
    state.counter = Counter(state, Handovers(database), load_duty(settings.knowledge_base / DUTY))
    state.watch = Watch(state.counter, state.helped, state.eraser, wait_minutes=settings.handover_minutes)
    state.limits = Limits(settings.limits_store, writes=settings.writes_per_minute, reads=settings.reads_per_minute)
    state.dispatcher = Dispatcher(
        state.inbox,
        bot,
        state.texts,
        state.metrics,
        patience=settings.patience_seconds,
        notice=state.switch.notice,
        place_of=state.helped.place,
        on_replies=state.counter.receive,
        on_answered=lambda: state.deliverer.wake(),
    )
    state.shedding, state.bot = Shedding(state.inbox, limit=settings.max_waiting), bot
    state.reception = Reception(state)


def _rounds(app: FastAPI, settings: Settings, channels: list[Channel]) -> list[Rounds]:
    """What is done again and again: the vault keeps its promise, news of dossiers reach who asked, nobody waits unseen."""
    state, knowledge = app.state, settings.knowledge_base
    follower = Follower(
        state.private.subscriptions,
        state.registry,
        state.inbox,
        answers=Answers(knowledge),
        stages=load_stages(knowledge / STAGES),
        windows={channel.name: channel.window for channel in channels},
    )
    return [
        Rounds("Forgetting what has had its time", partial(asyncio.to_thread, state.private.purge), seconds=PURGE_SECONDS),
        Rounds("Telling news of dossiers", partial(asyncio.to_thread, follower.round), seconds=ROUND_SECONDS),
        Rounds("Keeping watch", lambda: state.watch.look(clock()), seconds=LOOK_SECONDS),
    ]


def _connect(name: str, app: FastAPI, settings: Settings) -> list[Channel]:
    channels: list[Channel] = importlib.import_module(name).connect(app, settings)
    return channels


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    # Threads only wait for the database: with many, what comes in together is written together.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "database"))
    state = app.state
    workers = (state.dispatcher, state.deliverer, state.eraser, *state.rounds)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(asyncio.to_thread, end_spans)
        for opened in (state.database, state.private, state.registry):
            stack.callback(opened.close)
        stack.push_async_callback(state.limits.close)
        stack.push_async_callback(asyncio.to_thread, state.recorder.close)  # after all who still hand turns to it
        for running in app.state.running:
            await stack.enter_async_context(running)
        for worker in workers:
            worker.start()
            stack.push_async_callback(worker.close)
        yield


def _bot_client(settings: Settings) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {settings.bot_token}"}
    timeout = httpx.Timeout(30, connect=2)
    return httpx.AsyncClient(base_url=settings.bot_url, headers=headers, timeout=timeout, transport=AiohttpTransport())
