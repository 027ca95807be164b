#!/usr/bin/env bash
# Runs `wafcast check` in a job of GitLab CI: text for the log, Code Quality, JUnit and JSON as files.
set -euo pipefail

wafcast=${WAFCAST:-wafcast}
# What an earlier run left, or the branch has committed, is not taken for this one's.
rm -f -- wafcast-codequality.json wafcast-junit.xml wafcast-report.json
arguments=(check --no-progress --report text --report codequality=wafcast-codequality.json
  --report junit=wafcast-junit.xml --report json=wafcast-report.json)
# In a merge request the commit at which the branch parted; elsewhere what wafcast.yml says.
base=${WAFCAST_BASE:-${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}}
if [ -n "$base" ]; then arguments+=("--base=$base"); fi
if [ -n "${WAFCAST_CONFIG:-}" ]; then arguments+=("--config=$WAFCAST_CONFIG"); fi
exec "$wafcast" "${arguments[@]}"
