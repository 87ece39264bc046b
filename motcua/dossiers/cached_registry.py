"""A registry that is not asked twice within a minute for the same dossier; who taps again and again waits for nobody."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from motcua.dossiers.registry import Dossier, DossierRegistry

SECONDS = 60.0
MAX_DOSSIERS = 1000


class CachedRegistry:
    """Keeps dossiers that were found, in memory only; that one was not found may change any moment and is not kept."""

    def __init__(self, registry: DossierRegistry, clock: Callable[[], float] = time.monotonic) -> None:
        self._registry, self._clock = registry, clock
        self._kept: OrderedDict[str, tuple[float, Dossier]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, code: str) -> Dossier | None:
        """The dossier of that code, at most a minute old, or None. Raises RegistryUnavailable."""
        with self._lock:
            found_at, kept = self._kept.get(code, (float("-inf"), None))
        if kept is not None and self._clock() - found_at < SECONDS:
            return kept
        found = self._registry.find(code)
        with self._lock:
            self._kept.pop(code, None)
            if found is not None:
                self._kept[code] = (self._clock(), found)
            while len(self._kept) > MAX_DOSSIERS:
                self._kept.popitem(last=False)
        return found

    def close(self) -> None:
        """Closes the registry behind it."""
        self._registry.close()
