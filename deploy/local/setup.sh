#!/usr/bin/env bash
# Builds .venv from requirements.lock with uv, which is installed privately where it is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
VENV=${VENV:-.venv}
fail() { printf '\nSet-up stopped: %s\n' "$1" >&2; exit 1; }

recorded=$(sed -n 's/^# pyproject sha256: //p' requirements.lock)
current=$(sed '/^\[tool.ruff\]/,$d' pyproject.toml | sha256sum | cut -d' ' -f1) # what follows is no dependency
[ "$recorded" = "$current" ] || fail "requirements.lock was made from another pyproject.toml. Run: make lock"

free_mb=$(df -Pm . | awk 'NR==2 {print $4}')
[ "$free_mb" -ge 4000 ] || fail "the disk has $free_mb MB free, and the environment needs 4000 MB."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
  uv=.uv/bin/uv
  if [ ! -x "$uv" ]; then
    python=$(command -v python3.11 || command -v python3) || fail "neither uv nor Python was found. Install Python 3.11 or uv."
    echo "Installing uv (only for this folder) ..."
    "$python" -m venv .uv && .uv/bin/pip install --quiet uv || fail "uv could not be installed with $python."
  fi
fi

export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-1} # an office may have a certificate of its own

# uv reads no pip configuration, so the folders and mirrors that pip would use are passed on.
setting() { python3 -m pip config get "global.$1" 2>/dev/null || true; }
export UV_FIND_LINKS=${UV_FIND_LINKS:-${PIP_FIND_LINKS:-$(setting find-links)}}
mirror=${PIP_INDEX_URL:-$(setting index-url)}
[ -z "$mirror" ] || export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$mirror}
if [ -z "$UV_FIND_LINKS" ] || ! ls ${UV_FIND_LINKS%/}/torch-* >/dev/null 2>&1; then
  export UV_TORCH_BACKEND=cpu # the default build brings gigabytes of CUDA that nothing here uses
fi

echo "Installing packages into $VENV ..."
[ -x "$VENV/bin/python" ] || "$uv" venv --quiet --python 3.11 "$VENV" || fail "Python 3.11 was not found and could not be fetched."
"$uv" pip sync --quiet --compile-bytecode --python "$VENV/bin/python" requirements.lock || fail "packages could not be installed; the lines above say which."
touch "$VENV/.ready"
