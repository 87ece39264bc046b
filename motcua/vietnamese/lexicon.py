"""The words of a general dictionary, for syllables and pairs that no guide holds."""

from importlib.util import find_spec
from pathlib import Path


def dictionary_words() -> list[str]:
    """The 74,000 entries that underthesea ships; the package itself is not loaded."""
    spec = find_spec("underthesea")
    assert spec and spec.submodule_search_locations, "underthesea is a requirement"
    folder = Path(spec.submodule_search_locations[0])
    return (folder / "corpus" / "data" / "Viet74K.txt").read_text("utf-8").splitlines()
