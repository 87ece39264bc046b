"""Passwords: long rather than complicated, not among those that are guessed first, kept by Argon2."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

SHORTEST, LONGEST = 12, 128
_GUESSABLE = 10**10  # fewer guesses than this, a list finds in a day; also zxcvbn's own highest step
# Words of this place, which lists from elsewhere do not have.
_OF_HERE = ("bacninh", "bacgiang", "hoimotcua", "motcua", "matkhau", "quantri", "canbo", "dichvucong", "vietnam", "anhyeuem")

_hasher = PasswordHasher()
# Compared with where there is no such login, so that the time taken tells nothing.
_NOBODY = _hasher.hash("nobody")


def keep(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept; takes its time where none was kept, too."""
    try:
        return _hasher.verify(kept or _NOBODY, password[:LONGEST]) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with weaker settings than today's."""
    return _hasher.check_needs_rehash(kept)


def fault(password: str, *known: str) -> str | None:
    """What is wrong with a new password, as a key of the labels, or None. `known` is what others know: login and name."""
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST:
        return "password_long"
    words = [word for text in known for word in (text, *text.lower().replace("@", " ").replace(".", " ").split())]
    # zxcvbn's time grows with the length; what comes after 72 characters makes no password easier to guess.
    guesses = zxcvbn(password[:72], user_inputs=[*_OF_HERE, *words])["guesses"]
    return "password_common" if guesses < _GUESSABLE else None
