#!/usr/bin/env bash
# A lifecycle hook of CodeDeploy: before traffic shifts to the new deployment, its paths are held
# against the web ACL that stands in front of it. A deployment that is green and answers 403 is
# stopped here: the hook fails, and CodeDeploy rolls back.
#
# Variables, all with defaults for a bundle that holds them at its root:
#   WAFCAST_VERIFY       the program verify-deployment of integrations/blue-green
#   WAFCAST_ACL          the web ACL
#   WAFCAST_EXPECTATIONS paths and the status that each is expected to answer
#   WAFCAST_DOCUMENTS    IP sets and the like, separated by colons
#   WAFCAST              wafcast; with WAFCAST_TESTS its tests run too
#   WAFCAST_TESTS        a folder of *.test.yml
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bundle=${WAFCAST_BUNDLE:-$here/../..}
verify=${WAFCAST_VERIFY:-$bundle/bin/verify-deployment}
acl=${WAFCAST_ACL:-$bundle/waf/acl.json}
expectations=${WAFCAST_EXPECTATIONS:-$bundle/waf/expectations.json}

documents=()
if [ -n "${WAFCAST_DOCUMENTS:-}" ]; then IFS=: read -r -a documents <<<"$WAFCAST_DOCUMENTS"; fi

echo "deployment ${DEPLOYMENT_ID:-unknown}: the web ACL before traffic shifts"
"$verify" "$acl" "$expectations" "${documents[@]}"

if [ -n "${WAFCAST_TESTS:-}" ]; then
  with=()
  for document in "${documents[@]}"; do with+=(--with "$document"); done
  "${WAFCAST:-wafcast}" test "$WAFCAST_TESTS" --acl "$acl" "${with[@]}"
fi
