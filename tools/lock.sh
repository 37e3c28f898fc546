#!/usr/bin/env bash
# Renews requirements.lock, requirements-inspect.lock, requirements-dev.lock and package-lock.json: `make lock`.
#
#   tools/lock.sh              takes the newest versions of all Python packages that fit together
#   tools/lock.sh jinja2 …     takes the newest of these alone, and leaves the others as they are
#
# The names come from the files that end in .in, and from package.json. Only names, exact versions and digests are
# written: where they come from is the machine's matter. The digests are of all files of a release, so one lock serves
# every system and Python.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

upgrade=(--upgrade)
[[ $# == 0 ]] || upgrade=("${@/#/--upgrade-package=}")
# NAME BEFORE…: the lock of NAME.in, without what the locks before it have.
renew() {
  local name="$1" lock before about="" options=()
  shift
  lock="$name.lock"
  for before in "$@"; do
    about+="${about:+ and }$before.lock"
    # shellcheck disable=SC2207 # one option a word
    options+=(--constraints "$before.lock" $(sed -nE 's/^([a-z0-9-]+)==.*/--no-emit-package=\1/p' "$before.lock"))
  done
  cp "$lock" "$work/$lock"
  "$work/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --no-emit-index-url "${upgrade[@]}" ${options[@]+"${options[@]}"} --output-file "$work/$lock" "$name.in"
  {
    echo "# Exact versions of $name.in and all it needs${about:+ beyond $about}, written by \`make lock\`."
    cat "$work/$lock"
  } > "$lock"
}

python="$(tools/needs.sh python)"
"$python" -m venv "$work"
"$work/bin/python" -m pip install --quiet --disable-pip-version-check uv
renew requirements
renew requirements-inspect requirements
renew requirements-dev requirements requirements-inspect
npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --loglevel=error
# A dependency on a tag (`latest`) is written so that no install accepts it: name its version in package.json's overrides.
npm ci --dry-run --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
