"""Work of numpy on all cores: processes that see what this one has computed, without a copy of it."""

from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_AT_ONCE = 200
_work: Callable[[Any], Any]


def in_processes(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """The result of each task, in their order. What the first one computes and keeps is not computed again.

    Only for numpy: what OpenMP has begun in this process does not go on in a fork of it.
    """
    global _work
    first, _work = [work(task) for task in tasks[:1]], work
    with get_context("fork").Pool() as pool:
        return first + pool.map(_done, tasks[1:], _AT_ONCE)


def _done(task: Any) -> Any:
    return _work(task)
