# Sourced: lets `where` be the options by which a build is told the address, base path and repository that the
# environment names. Whatever is in a word stays one word.
where=()
if [[ -n "${ADDRESS:-}" ]]; then where=(--address "$ADDRESS" --base-path "${BASE_PATH:-}"); fi
if [[ -n "${REPOSITORY:-}" ]]; then where+=(--repository "$REPOSITORY"); fi
