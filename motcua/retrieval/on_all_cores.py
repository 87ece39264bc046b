"""The same work for many tasks, each on one core, where several cores would make little of one task."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

import torch

Task = TypeVar("Task")
Result = TypeVar("Result")
Other = TypeVar("Other")

_AT_ONCE = 200
_work: Callable[[Any], Any]


def in_processes(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """The result of each task, in their order: for numpy, in processes that see what this one has computed, without a copy.

    What the first one computes and keeps is not computed again. What OpenMP has begun in this process does not go on in a
    fork of it, so this is not for PyTorch.
    """
    return [work(task) for task in tasks[:1]] + in_forks(work, tasks[1:], at_once=_AT_ONCE)


def in_forks(work: Callable[[Task], Result], tasks: Sequence[Task], *, at_once: int = 1) -> list[Result]:
    """The same without waiting for the first: for a few long ones, such as liblinear, whose threads share one chance."""
    global _work
    _work = work
    with get_context("fork").Pool() as pool:
        return pool.map(_done, tasks, at_once)


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


def beside(here: Callable[[], Result], there: Callable[[], Other]) -> tuple[Result, Other]:
    """Both results: the first is computed on one thread of this process, for PyTorch, the second in a fork of it, for numpy."""
    global _work
    _work, cores = (lambda _: there()), torch.get_num_threads()
    with get_context("fork").Pool(1) as pool:
        waiting = pool.apply_async(_done, (None,))
        torch.set_num_threads(1)
        try:
            return here(), waiting.get()
        finally:
            torch.set_num_threads(cores)
