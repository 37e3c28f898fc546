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
commit="$(git rev-parse --verify --quiet --end-of-options "$since^{commit}")" &&
  git merge-base --is-ancestor "$commit" HEAD || decide all "$since does not lead to this commit: all tests run."

code="$(git diff --name-only "$commit" HEAD -- . ':(exclude)content' ':(exclude)site_config.yaml')"
[[ -z "$code" ]] || decide all "More than content has changed since $since, so all tests run:"$'\n'"$code"
# Links (120000) and other repositories (160000) lead away from what was looked at.
links="$(git diff --raw --no-renames "$commit" HEAD | awk '$2 ~ /^1[26]0000$/' | cut -f 2-)"
[[ -z "$links" ]] || decide all "Content of another sort has come since $since, so all tests run:"$'\n'"$links"
decide content "Nothing but content has changed since $since, whose tests passed."
