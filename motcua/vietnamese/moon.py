"""When the moon is new and where the sun stands, after Meeus, Astronomical Algorithms (chapters 25 and 49).

Accurate to some minutes from 1900 to 2100, which tells the days of the lunar calendar apart. Days are Julian day numbers
in Vietnam's time (UTC+7): a day's number is that of its noon.
"""

from math import floor, pi, sin

_MONTH = 29.530588861  # days from one new moon to the next
_FIRST_NEW_MOON = 2451550.09766  # of January 2000, in dynamical time
_HOURS_AHEAD = 7 / 24
_DYNAMICAL = 65 / 86400  # days by which dynamical time is ahead of the clock
_TERMS = (
    (-0.40720, 0, 1, 0), (0.17241, 1, 0, 0), (0.01608, 0, 2, 0), (0.01039, 0, 0, 2), (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0), (0.00208, 2, 0, 0), (-0.00111, 0, 1, -2), (-0.00057, 0, 1, 2), (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0), (0.00042, 1, 0, 2), (0.00038, 1, 0, -2), (-0.00024, -1, 2, 0),
)  # fmt: skip


def new_moon(number: int) -> int:
    """The day of a new moon, counted from that of January 2000."""
    century = number / 1236.85
    sun = 2.5534 + 29.10535670 * number - 0.0000014 * century**2
    moon = 201.5643 + 385.81693528 * number + 0.0107582 * century**2
    height = 160.7108 + 390.67050284 * number - 0.0016118 * century**2
    mean = _FIRST_NEW_MOON + _MONTH * number + 0.00015437 * century**2
    swing = sum(size * sin((s * sun + m * moon + h * height) * pi / 180) for size, s, m, h in _TERMS)
    return floor(mean + swing - _DYNAMICAL + _HOURS_AHEAD + 0.5)


def number_of_new_moon(day: int) -> int:
    """The number of the last new moon on or before a day."""
    number = round((day - _FIRST_NEW_MOON) / _MONTH) + 1
    while new_moon(number) > day:
        number -= 1
    return number


def sign_of_sun(day: int) -> int:
    """Which twelfth of its way the sun is in when a day begins: 0 from the spring equinox, 9 from the winter solstice."""
    century = (day - 0.5 - _HOURS_AHEAD - 2451545.0) / 36525
    anomaly = (357.52911 + 35999.05029 * century) * pi / 180
    centre = (1.914602 - 0.004817 * century) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    node = (125.04 - 1934.136 * century) * pi / 180
    longitude = 280.46646 + 36000.76983 * century + centre - 0.00569 - 0.00478 * sin(node)
    return floor(longitude % 360 / 30)
