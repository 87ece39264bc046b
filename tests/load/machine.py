"""What a figure was measured on."""

import os
from pathlib import Path


def machine() -> str:
    """Cores, what else they had to do, and whether the measured processes went before that."""
    autogroup = Path("/proc/self/autogroup")
    goes_first = autogroup.exists() and int(autogroup.read_text().split()[-1]) < 0
    ahead = ", the measured processes ahead of the others" if goes_first else ""
    return f"{os.cpu_count()} cores with a load of {os.getloadavg()[0]:.1f}{ahead}"
