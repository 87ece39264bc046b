"""The console's pages. A new one: a file here, its line below, templates, and a line in console/navigation.py."""

from console.routes import (
    account,
    agreement,
    audit,
    conversations,
    home,
    improving,
    people,
    proposals,
    replaying,
    retention,
    reviewing,
    second_factor,
    signing_in,
    switch,
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
    conversations.routes,
    reviewing.routes,
    replaying.routes,
    proposals.routes,
    agreement.routes,
    improving.routes,
    retention.routes,
)
