"""`python -m console.people add|reset|list`: staff from the command line, the first administrator among them."""

import argparse
import getpass
import sys

from console.foundation import Foundation, open_foundation
from console.people import passwords
from console.people.directory import Directory, LastAdministrator, LoginTaken
from console.people.links import HOURS, Links
from console.people.person import Person, is_login, read_login
from console.people.sessions import Sessions
from console.people.signing_in import SigningIn
from console.roles import Role
from console.settings import load_console_settings

BY = "command line"
FAULTS = {
    "password_short": f"The password needs at least {passwords.SHORTEST} characters.",
    "password_long": f"The password may have at most {passwords.LONGEST} characters.",
    "password_common": "This password is among those that are guessed first. Several unrelated words are better.",
}


def main() -> None:
    """The command."""
    given = _arguments()
    settings = load_console_settings()
    foundation = open_foundation(settings)
    directory = Directory(foundation, Sessions(foundation))
    if given.what == "list":
        for one in directory.everybody():
            print(f"{one.login}\t{one.role}\t{'active' if one.is_active else 'deactivated'}\t{one.name}")
        return
    login = read_login(given.login)
    try:
        token = _add(directory, login, given) if given.what == "add" else _reset(directory, login)
    except (LoginTaken, LastAdministrator) as fault:
        sys.exit(str(fault))
    if given.what == "add" and given.password:
        person = directory.by_login(login)
        assert person is not None
        _set_password(foundation, person, token)
        return
    address = f"http://{settings.shared.console_host}:{settings.shared.console_port}/welcome/{token}"
    print(f"{login} chooses a password here, once, within {HOURS} hours:\n{address}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    add = commands.add_parser("add", help="add somebody and print a one-time link")
    add.add_argument("login")
    add.add_argument("--name", help="as shown to colleagues; the login, if not given")
    add.add_argument("--role", type=Role, choices=list(Role), default=Role.ADMINISTRATOR)
    add.add_argument("--place", default="", help="official code of a commune, for who serves one")
    add.add_argument("--password", action="store_true", help="ask for the password here instead of printing a link")
    reset = commands.add_parser("reset", help="void password and second factor, and print a one-time link")
    reset.add_argument("login")
    commands.add_parser("list", help="everybody")
    return parser.parse_args()


def _add(directory: Directory, login: str, given: argparse.Namespace) -> str:
    if not is_login(login):
        sys.exit(f"A login has 3 to 64 of a-z 0-9 . _ @ - and begins with a letter or digit; found {login!r}.")
    return directory.invite(login, name=given.name or login, role=given.role, place=given.place, by=BY)


def _reset(directory: Directory, login: str) -> str:
    person = directory.by_login(login)
    if person is None:
        sys.exit(f"Nobody has the login {login!r}. `python -m console.people list` shows everybody.")
    if not person.is_active:
        directory.reactivate(person, by=BY)
    return directory.reset(person, by=BY)


def _set_password(foundation: Foundation, person: Person, token: str) -> None:
    while True:
        password = getpass.getpass("Password: ")
        fault = passwords.fault(password, person.login, person.name)
        if fault is None and password == getpass.getpass("Once more: "):
            break
        print(FAULTS[fault] if fault else "The two differ.")
    with foundation.database.writing() as connection:
        Links(foundation.keys).use(connection, token, at=foundation.clock())
        SigningIn(foundation, Sessions(foundation)).by_link(connection, person, password)
    print(f"{person.login} may sign in.")


if __name__ == "__main__":
    main()
