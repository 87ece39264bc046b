"""The console's pages. A new one: a file here, its line below, templates, and a line in console/navigation.py."""

from console.routes import (
    account,
    approvals,
    audit,
    device,
    home,
    people,
    queue,
    residents,
    second_factor,
    signing_in,
    switch,
    volunteer,
    welcome,
)

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
    volunteer.routes,
    residents.routes,
    device.routes,
    approvals.routes,
)
