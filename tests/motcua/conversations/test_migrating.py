"""Tables are made, and taken away, by migrations alone; whoever starts first does it, the others wait."""

import threading

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from motcua.conversations.schema import METADATA
from motcua.conversations.store import ConversationStore
from motcua.database import EMPTY


def _theirs(_: object, name: str | None, kind: str, is_reflected: bool, __: object) -> bool:
    """Leaves out what makes the inverted index: FTS5's own tables, PostgreSQL's column and index."""
    return not (is_reflected and ((name or "").startswith("turn_index") or (kind == "column" and name == "vector")))


def test_the_migrations_make_what_the_schema_says(url: str, store: ConversationStore) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _theirs, "compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_way_back_leaves_nothing_and_the_way_forward_makes_it_again(store: ConversationStore) -> None:
    store.migrate(EMPTY)
    with store.reading() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    store.migrate()
    with store.reading() as connection:
        assert set(METADATA.tables) <= set(inspect(connection).get_table_names())


def test_processes_that_start_at_once_make_the_tables_once(url: str) -> None:
    opened: list[ConversationStore] = []
    starting = [threading.Thread(target=lambda: opened.append(ConversationStore(url))) for _ in range(4)]
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    assert len(opened) == 4
    for store in opened:
        store.close()
