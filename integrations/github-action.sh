#!/usr/bin/env bash
# What the GitHub Action runs (action.yml): annotations in the log, SARIF in a file, the worst findings in the job summary.
# LOOPLENS_COMMAND replaces the command, for tests.
set -uo pipefail

if [ -n "${LOOPLENS_COMMAND:-}" ]; then read -ra command <<<"$LOOPLENS_COMMAND"; else command=(npx --yes "looplens@${LOOPLENS_VERSION:-0}"); fi
read -ra paths <<<"${LOOPLENS_PATHS:-.}"
read -ra more <<<"${LOOPLENS_ARGS:-}"
sarif="${LOOPLENS_SARIF:-looplens.sarif}"
summary="$(mktemp)"

compare=()
if [ "${LOOPLENS_COMPARE:-changed}" = changed ] && [ -n "${LOOPLENS_BASE:-}" ]; then
  # A shallow checkout does not have the commit that the branch left from.
  git rev-parse --quiet --verify "$LOOPLENS_BASE^{commit}" >/dev/null || git fetch --quiet --no-tags origin "$LOOPLENS_BASE" || true
  [ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = true ] && git fetch --quiet --no-tags --unshallow origin 2>/dev/null
  if git rev-parse --quiet --verify "$LOOPLENS_BASE^{commit}" >/dev/null; then
    compare=("--changed=$LOOPLENS_BASE")
  else
    echo "::notice title=looplens::the base of this pull request cannot be fetched; everything is reported"
  fi
fi

"${command[@]}" lint "${compare[@]}" --format github --format "sarif:$sarif" --format "markdown:$summary" "${more[@]}" -- "${paths[@]}"
code=$?

[ -n "${GITHUB_STEP_SUMMARY:-}" ] && cat "$summary" >>"$GITHUB_STEP_SUMMARY"
rm -f "$summary"
[ -n "${GITHUB_OUTPUT:-}" ] && echo "sarif-file=${LOOPLENS_DIRECTORY:+${LOOPLENS_DIRECTORY%/}/}$sarif" >>"$GITHUB_OUTPUT"
exit "$code"
