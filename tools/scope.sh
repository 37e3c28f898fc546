#!/usr/bin/env bash
# Says what has to be tested before the site is published: `content` if nothing but content has changed since a commit
# whose tests have passed, `all` otherwise.
#
#   tools/scope.sh COMMIT     prints one of the two words, and on standard error why
#
# Where COMMIT was itself let through for its content alone, its code is that of a commit whose tests all passed: so it
# is enough to know the last commit that was published.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

decide() { echo "$1"; echo "$2" >&2; exit 0; }

since="${1:-}"
[[ -n "$since" ]] || decide all 'Nothing is known to have passed before: all tests run.'
# A push may have rewritten what came before.
git merge-base --is-ancestor "$since" HEAD 2>/dev/null || decide all "$since does not lead to this commit: all tests run."

code="$(git diff --name-only "$since" HEAD -- . ':(exclude)content' ':(exclude)site_config.yaml')"
[[ -z "$code" ]] || decide all "More than content has changed since $since, so all tests run:"$'\n'"$code"
decide content "Nothing but content has changed since $since, whose tests passed."
