"""Dossiers in a table of a SQL database: the demo registry, imported lists, one-stop systems that share a view of theirs."""

import json
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, MetaData, String, Table, Text, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from motcua.dossiers.registry import Dossier, Event, RegistryUnavailable
from motcua.engine import open_engine

_METADATA = MetaData()
DOSSIERS = Table(
    "dossiers",
    _METADATA,
    Column("code", String(40), primary_key=True),
    Column("procedure", String(10), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("office", String(200), nullable=False, default=""),
    Column("missing", Text, nullable=False, default="[]"),  # JSON: names of papers
    Column("supplement_by", Date),
    Column("events", Text, nullable=False, default="[]"),  # JSON: [day, stage] each
    Column("identity_ends", String(4), nullable=False, default=""),
    Column("phone_ends", String(4), nullable=False, default=""),
)


class SqlRegistry:
    """Looks codes up in the table `dossiers`; a code typed without its dotted prefix is found by its end."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, is_durable=False)
        self._writes = self._engine.execution_options(writes=True)

    def find(self, code: str) -> Dossier | None:
        """The dossier of that code, or None; None as well when its short form fits several. Raises RegistryUnavailable."""
        query = select(DOSSIERS).where((DOSSIERS.c.code == code) | DOSSIERS.c.code.endswith("." + code, autoescape=True))
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(query.limit(2)).mappings().all()
        except SQLAlchemyError as error:
            raise RegistryUnavailable(self._engine.url.render_as_string()) from error
        return _dossier(rows[0]) if len(rows) == 1 else None

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()

    def add(self, *dossiers: Dossier) -> None:
        """Creates the table where it is missing and stores the dossiers, replacing those of the same code."""
        with self._writes.begin() as connection:
            _METADATA.create_all(connection)
            _store(connection, dossiers)

    def replace_all(self, *dossiers: Dossier) -> None:
        """Stores these dossiers alone, in a table made anew."""
        with self._writes.begin() as connection:
            _METADATA.drop_all(connection)
            _METADATA.create_all(connection)
            _store(connection, dossiers)


def _store(connection: Connection, dossiers: tuple[Dossier, ...]) -> None:
    for dossier in dossiers:
        connection.execute(DOSSIERS.delete().where(DOSSIERS.c.code == dossier.code))
        connection.execute(DOSSIERS.insert().values(_row(dossier)))


def _row(dossier: Dossier) -> dict[str, Any]:
    events = [[event.on.isoformat(), event.stage] for event in dossier.events]
    return {
        **vars(dossier),
        "missing": json.dumps(dossier.missing, ensure_ascii=False),
        "events": json.dumps(events),
    }


def _dossier(row: Any) -> Dossier:
    events = tuple(Event(date.fromisoformat(day), stage) for day, stage in json.loads(row["events"]))
    return Dossier(**{**row, "missing": tuple(json.loads(row["missing"])), "events": events})
