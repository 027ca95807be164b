#!/usr/bin/env bash
# A hook for pre-commit, or for .git/hooks/pre-commit: holds what is in the working tree against HEAD.
# Does nothing where there is no wafcast.yml at the root and no argument names another, or where
# nothing is committed yet.
set -euo pipefail

wafcast=${WAFCAST:-wafcast}
cd "$(git rev-parse --show-toplevel)"
if [ $# -eq 0 ]; then
  [ -f wafcast.yml ] || [ -f wafcast.yaml ] || [ -f wafcast.json ] || exit 0
fi
git rev-parse --verify --quiet HEAD >/dev/null || exit 0
# Git sets these for its hooks; they would make git look at another index or repository.
unset GIT_INDEX_FILE GIT_DIR GIT_WORK_TREE
exec "$wafcast" check --no-progress --base=HEAD "$@"
