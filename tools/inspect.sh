#!/usr/bin/env bash
# Looks at the built site in output/ as a reader's machine would show it, before it is published: axe in light and dark,
# 320 px, valid HTML, weight, complaints of the browser.
#
#   tools/inspect.sh           every page
#   tools/inspect.sh COMMIT    the pages that differ from what this code makes of the content of that commit
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python="$PWD/.venv/bin/python"
options=(--site output)
if [[ -n "${1:-}" ]]; then
  # Always the same folder, so that its builds find what earlier ones kept.
  before="$PWD/.cache/before"
  mkdir -p "$before" && rm -rf "$before"/{content,templates,site_config.yaml}
  git archive "$1" content site_config.yaml | tar -x -C "$before"
  git archive HEAD templates | tar -x -C "$before"
  source tools/where.sh
  if (cd "$before" && "$python" ../../build.py build ${where[@]+"${where[@]}"} >build.log 2>&1); then
    options+=(--before "$before/output")
  else
    echo 'The content of that commit does not build with this code: every page is looked at.'
  fi
fi
exec "$python" -m pytest -q -m inspection --dist load -n 2 "${options[@]}" tests/browser tests/site/test_html.py tests/archive/test_weight.py
