"""The console's pages. A new one: a file here, its line below, templates, and a line in console/navigation.py."""

from console.routes import account, audit, home, people, queue, second_factor, signing_in, switch, welcome

ROUTES = (
    home.routes,
    signing_in.routes,
    welcome.routes,
    account.routes,
    second_factor.routes,
    people.routes,
    audit.routes,
    switch.routes,
    queue.routes,
)
