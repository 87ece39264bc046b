"""Saved views: filters with a name, one's own or shared."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from motcua.conversations.filters import Filters, read_filters
from motcua.conversations.schema import VIEWS


@dataclass(frozen=True)
class View:
    """Filters somebody has given a name."""

    id: int
    owner: str
    name: str
    filters: Filters
    is_shared: bool


def save_view(connection: Connection, *, owner: str, name: str, filters: Filters, is_shared: bool = False) -> None:
    """Keeps a view, in place of an earlier one of this name of theirs."""
    values = {"query": filters.query(), "is_shared": is_shared}
    same = VIEWS.update().where(VIEWS.c.owner == owner, VIEWS.c.name == name)
    if not connection.execute(same.values(values)).rowcount:
        connection.execute(VIEWS.insert().values(owner=owner, name=name, **values))


def views_for(connection: Connection, reviewer: str) -> list[View]:
    """One's own views and those that others share, by name."""
    query = select(VIEWS).where(or_(VIEWS.c.owner == reviewer, VIEWS.c.is_shared.is_(True))).order_by(VIEWS.c.name, VIEWS.c.id)
    rows = connection.execute(query).mappings()
    return [View(row["id"], row["owner"], row["name"], read_filters(row["query"]), row["is_shared"]) for row in rows]


def delete_view(connection: Connection, view: int, *, owner: str) -> bool:
    """Deletes a view of one's own; False if it is not."""
    gone = VIEWS.delete().where(VIEWS.c.id == view, VIEWS.c.owner == owner)
    return bool(connection.execute(gone).rowcount)
