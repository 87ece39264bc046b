#!/usr/bin/env bash
# Resolves pyproject.toml into requirements.lock: names and versions, no address, and no build of torch in particular.
set -euo pipefail
cd "$(dirname "$0")/../.."
uv=$(command -v uv || echo .uv/bin/uv)
export UV_FIND_LINKS=${UV_FIND_LINKS:-${PIP_FIND_LINKS:-$(python3 -m pip config get global.find-links 2>/dev/null || true)}}
{
  echo "# pyproject sha256: $(sed '/^\[tool.ruff\]/,$d' pyproject.toml | sha256sum | cut -d' ' -f1)"
  "$uv" pip compile --quiet --python-version 3.11 --all-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml | sed "s,+cpu,,"
} > requirements.lock.new
mv requirements.lock.new requirements.lock
