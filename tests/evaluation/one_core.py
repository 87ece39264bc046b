"""Measuring on one core, and what a process holds in memory."""

import os
from pathlib import Path


def keep_to_one_core() -> None:
    """Binds this process to one core; to be called before numpy or torch count their threads."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.environ |= {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}


def resident_mb() -> float:
    """MB of this process in memory now."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
