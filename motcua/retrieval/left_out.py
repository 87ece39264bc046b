"""What an index must do without, so that it can be learned from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class LeftOut:
    """`passage` is the one the question was taken from.

    Of the procedures in `as_records` (a mask) only that is seen which a record of the catalogue would have as well; some that
    are not asked for must be among them, else it would mean "right".
    """

    passage: int | None = None
    as_records: NDArray[np.bool_] | None = None


NOTHING = LeftOut()
