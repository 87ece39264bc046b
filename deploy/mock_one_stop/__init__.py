"""A stand-in for a one-stop system, for demos and tests: docs/one-stop-system.openapi.yml come alive."""
