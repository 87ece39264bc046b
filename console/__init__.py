"""The staff's face: people and roles, the audit trail, the switch, guides. See docs/adr/0019-console.md."""
