"""The second factor: six digits of an authenticator app (TOTP), and recovery codes for when the telephone is gone."""

import secrets

import pyotp
import segno
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from console.keys import Keys, Unreadable, is_same
from console.tables import PEOPLE, RECOVERY_CODES

ISSUER = "Hoi Mot Cua"  # without diacritics: some apps show them as question marks
STEP = 30  # seconds a code is shown
CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
_PENDING_SECONDS = 3600


class SecondFactor:
    """Sets it up and checks it; every method works inside the caller's transaction."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def offer(self, person: int) -> str:
        """A new secret, encrypted for this person: travels with the form until its first code proves that it arrived."""
        return self._keys.encrypt(f"{person}:{pyotp.random_base32()}")

    def offered(self, person: int, offer: str) -> str:
        """The secret of an offer that was made to this person within the hour. Raises console.keys.Unreadable."""
        owner, _, secret = self._keys.decrypt(offer, seconds=_PENDING_SECONDS).partition(":")
        return secret if owner == str(person) else pyotp.random_base32()

    def accept(self, connection: Connection, person: int, offer: str, typed: str, *, at: float) -> bool:
        """Keeps the offered secret, if the code typed is one of it."""
        secret = self.offered(person, offer)
        step = _step_of(secret, typed, at)
        if step is None:
            return False
        values = {"code_secret": self._keys.encrypt(secret), "code_step": step}
        connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(**values))
        return True

    def fits(self, connection: Connection, person: int, typed: str, *, at: float) -> bool:
        """Whether a code is right and was not used before."""
        row = connection.execute(select(PEOPLE.c.code_secret, PEOPLE.c.code_step).where(PEOPLE.c.id == person)).one()
        step = _step_of(self._kept(row.code_secret), typed, at)
        if step is None:
            return False
        used = update(PEOPLE).where(PEOPLE.c.id == person, PEOPLE.c.code_step < step).values(code_step=step)
        return bool(connection.execute(used).rowcount)

    def use_recovery_code(self, connection: Connection, person: int, typed: str) -> bool:
        """Whether it is one of this person's recovery codes; it is then used up."""
        code = "".join(letter for letter in typed.lower() if letter in _ALPHABET)
        mine = (RECOVERY_CODES.c.person == person, RECOVERY_CODES.c.digest == self._keys.digest("recovery", code))
        return bool(connection.execute(delete(RECOVERY_CODES).where(*mine)).rowcount)

    def make_recovery_codes(self, connection: Connection, person: int) -> list[str]:
        """New recovery codes, shown once; the old ones are void."""
        codes = ["".join(secrets.choice(_ALPHABET) for _ in range(12)) for _ in range(CODES)]
        connection.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.person == person))
        rows = [{"person": person, "digest": self._keys.digest("recovery", code)} for code in codes]
        connection.execute(insert(RECOVERY_CODES), rows)
        return ["-".join((code[:4], code[4:8], code[8:])) for code in codes]

    def recovery_codes_left(self, connection: Connection, person: int) -> int:
        """How many recovery codes are still good."""
        rows = connection.execute(select(RECOVERY_CODES.c.digest).where(RECOVERY_CODES.c.person == person))
        return len(rows.fetchall())

    def remove(self, connection: Connection, person: int) -> None:
        """The person signs in by password alone."""
        connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(code_secret=None, code_step=0))
        connection.execute(delete(RECOVERY_CODES).where(RECOVERY_CODES.c.person == person))

    def _kept(self, encrypted: str | None) -> str:
        """The secret; where there is none, or it was encrypted with an earlier secret of the console, one that nobody has."""
        try:
            return self._keys.decrypt(encrypted or "")
        except Unreadable:
            return pyotp.random_base32()


def picture(secret: str, login: str) -> str:
    """A QR code that authenticator apps read, as SVG without inline style."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    drawn: str = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True, svgclass=None, lineclass=None)
    return drawn


def _step_of(secret: str, typed: str, at: float) -> int | None:
    """The time step whose code was typed: this one, or a neighbour for clocks that differ. None if it is wrong."""
    digits = "".join(typed.split())
    now = int(at // STEP)
    codes = pyotp.TOTP(secret, interval=STEP)
    return next((step for step in (now, now - 1, now + 1) if is_same(digits, codes.generate_otp(step))), None)
