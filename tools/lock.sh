#!/usr/bin/env bash
# Renews requirements.lock, requirements-dev.lock and package-lock.json: `make lock`.
#
# The names come from requirements.in, requirements-dev.in and package.json; the newest versions that fit
# together are taken. Only names and exact versions are written: where they come from is the machine's matter.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

frozen() { "$work/bin/python" -m pip freeze --exclude pip --exclude setuptools | tr 'A-Z_' 'a-z-' | sort; }

python="$(tools/needs.sh python)"
"$python" -m venv "$work"
"$work/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.in
frozen > "$work/runtime"
"$work/bin/python" -m pip install --quiet --disable-pip-version-check -c "$work/runtime" -r requirements-dev.in
frozen | comm -13 "$work/runtime" - > "$work/dev"

{ echo '# Exact versions of requirements.in and all it needs, written by `make lock`.'; cat "$work/runtime"; } > requirements.lock
{ echo '# Exact versions of requirements-dev.in and all it needs beyond requirements.lock, written by `make lock`.'; cat "$work/dev"; } > requirements-dev.lock
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --loglevel=error
