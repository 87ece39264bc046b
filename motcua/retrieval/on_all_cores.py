"""The same work for many tasks, each on one core, where several cores would make little of one task."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

import torch

Task = TypeVar("Task")
Result = TypeVar("Result")

_AT_ONCE = 200
_work: Callable[[Any], Any]


def in_processes(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """The result of each task, in their order: for numpy, in processes that see what this one has computed, without a copy.

    What the first one computes and keeps is not computed again. What OpenMP has begun in this process does not go on in a
    fork of it, so this is not for PyTorch.
    """
    global _work
    first, _work = [work(task) for task in tasks[:1]], work
    with get_context("fork").Pool() as pool:
        return first + pool.map(_done, tasks[1:], _AT_ONCE)


def _done(task: Any) -> Any:
    return _work(task)


def in_threads(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """The result of each task, in their order: for PyTorch, which lets go of the interpreter's lock."""
    if len(tasks) == 1:
        return [work(tasks[0])]
    cores = torch.get_num_threads()
    try:
        with ThreadPoolExecutor(cores, initializer=torch.set_num_threads, initargs=(1,)) as threads:
            return list(threads.map(work, tasks))
    finally:
        torch.set_num_threads(cores)
