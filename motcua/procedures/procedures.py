"""Every procedure that can be answered: reviewed guides first, records of the catalogue for the rest."""

from collections.abc import Iterator, Mapping

from motcua.procedures.catalogue.record import Record
from motcua.procedures.guide import Guide
from motcua.procedures.loader import GuideNotFound

Procedure = Guide | Record


class Procedures(Mapping[str, Procedure]):
    """Guides over catalogue, by today's code: a record whose code a guide has or replaces is never answered from."""

    def __init__(self, guides: Mapping[str, Guide], catalogue: Mapping[str, Record]) -> None:
        self._guides, self._catalogue = guides, catalogue

    def __getitem__(self, code: str) -> Procedure:
        if code in self._guides:
            return self._guides[code]
        if code not in self._catalogue:
            raise GuideNotFound(code, len(self))
        record = self._catalogue[code]  # of today, where the code asked for was replaced
        return self._guides[record.code] if record.code in self._guides else record  # noqa: SIM401  Guides.get raises

    def __contains__(self, code: object) -> bool:
        return code in self._guides or code in self._catalogue

    def __iter__(self) -> Iterator[str]:
        yield from self._guides
        yield from (code for code in self._catalogue if code not in self._guides)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def is_guide(self, code: str) -> bool:
        """Whether the code is answered from a reviewed guide."""
        return code in self and isinstance(self[code], Guide)

    def records(self) -> Iterator[Record]:
        """The records that answer, for the index: those that no guide stands before."""
        yield from (self._catalogue[code] for code in self._catalogue if code not in self._guides)
