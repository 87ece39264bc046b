"""What a process builds before it serves is set aside: at each look through all of it the garbage collector stops every turn
for 0.1 to 0.3 seconds, and finds nothing."""

import gc


def set_aside() -> None:
    """Collects once, and leaves what is then alive to its counts of references; what stood aside is looked at again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
