#!/usr/bin/env bash
# Looks at the built site in output/ as a reader's machine would show it, before it is published: axe in light and dark,
# 320 px, valid HTML, weight, complaints of the browser.
#
#   tools/inspect.sh           every page
#   tools/inspect.sh COMMIT    the pages that differ from what this code makes of the content of that commit
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

options=(--site output)
if [[ -n "${1:-}" ]]; then
  before="$(mktemp -d)"
  trap 'rm -rf "$before"' EXIT
  git archive "$1" content site_config.yaml | tar -x -C "$before"
  source tools/where.sh
  if .venv/bin/python -m tools.digests "$before" ${where[@]+"${where[@]}"} >"$before/digests.json"; then
    options+=(--before "$before/digests.json")
  else
    echo 'The content of that commit does not build with this code: every page is looked at.'
  fi
fi
.venv/bin/python -m pytest -q -m inspection --dist load -n auto --maxprocesses 4 "${options[@]}" \
  tests/browser/test_every_page.py tests/site/test_html.py tests/archive/test_weight.py
