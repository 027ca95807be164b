#!/usr/bin/env bash
# Runs `wafcast check` in a job of GitHub Actions: annotations on standard output, the job summary,
# SARIF, JSON and the Markdown of a comment in files, the outcome as outputs of the step. Ends with
# wafcast's exit code, once all is written.
set -euo pipefail

wafcast=${WAFCAST:-wafcast}
cd "${WAFCAST_DIRECTORY:-.}"

base=${WAFCAST_BASE:-}
# In a pull request the branch that it goes to; elsewhere what wafcast.yml says.
if [ -z "$base" ] && [ -n "${WAFCAST_BASE_REF:-}" ]; then base=origin/$WAFCAST_BASE_REF; fi

# Not wafcast.json, which is a name of the configuration.
json=${WAFCAST_JSON:-wafcast-report.json}
sarif=${WAFCAST_SARIF:-wafcast.sarif}
comment=${WAFCAST_COMMENT:-wafcast.md}
# A report that was there before, perhaps committed by the pull request, is not believed.
rm -f -- "$json" "$sarif" "$comment"
arguments=(check --no-progress --report github --report "json=$json"
  --report "sarif=$sarif"
  --report "markdown=$comment")
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then arguments+=(--report summary); fi
if [ -n "$base" ]; then arguments+=("--base=$base"); fi
if [ -n "${WAFCAST_CONFIG:-}" ]; then arguments+=("--config=$WAFCAST_CONFIG"); fi

code=0
"$wafcast" "${arguments[@]}" || code=$?

# A member of the report's top level stands on a line of its own, set in by two blanks; a line feed
# can't be in it, so no output can be forged.
member() {
  [ -f "$json" ] || return 0
  sed -nE "s/^  \"$1\": \"(.*)\",?\$/\1/p" "$json" | head -n 1
}
outcome=$(member outcome)
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  {
    echo "exit=$code"
    echo "outcome=${outcome:-error}"
    echo "verdict=$(member verdict)"
  } >>"$GITHUB_OUTPUT"
fi
exit "$code"
