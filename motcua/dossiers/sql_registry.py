"""Dossiers in a table of a SQL database: the demo registry, and one-stop systems that share a view of theirs."""

from sqlalchemy import Column, Date, MetaData, String, Table, create_engine, select
from sqlalchemy.exc import SQLAlchemyError

from motcua.dossiers.registry import Dossier, RegistryUnavailable

_METADATA = MetaData()
DOSSIERS = Table(
    "dossiers",
    _METADATA,
    Column("code", String(40), primary_key=True),
    Column("procedure", String(10), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
)


class SqlRegistry:
    """Looks codes up in the table `dossiers`; a code typed without its dotted prefix is found by its end."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, future=True, pool_pre_ping=True)

    def find(self, code: str) -> Dossier | None:
        """The dossier of that code, or None; None as well when its short form fits several. Raises RegistryUnavailable."""
        query = select(DOSSIERS).where((DOSSIERS.c.code == code) | DOSSIERS.c.code.endswith("." + code, autoescape=True))
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(query.limit(2)).mappings().all()
        except SQLAlchemyError as error:
            raise RegistryUnavailable(self._engine.url.render_as_string()) from error
        return Dossier(**rows[0]) if len(rows) == 1 else None

    def add(self, *dossiers: Dossier) -> None:
        """Creates the table where it is missing and stores the dossiers, replacing those of the same code."""
        _METADATA.create_all(self._engine)
        with self._engine.begin() as connection:
            for dossier in dossiers:
                connection.execute(DOSSIERS.delete().where(DOSSIERS.c.code == dossier.code))
                connection.execute(DOSSIERS.insert().values(**vars(dossier)))
