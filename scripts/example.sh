#!/usr/bin/env bash
# Builds integrations/blue-green against the library and checks what it says of both demo web ACLs.
set -euo pipefail
cd "$(dirname "$0")/.."

swift="${SWIFT:-swift}"
package=integrations/blue-green
"$swift" build --package-path "$package"
verify="$("$swift" build --package-path "$package" --show-bin-path)/verify-deployment"

demo=corpora/demo
run() {
  echo "\$ verify-deployment $*"
  "$verify" "$@"
}

status=0
output="$(run "$demo/web-acl.json" "$package/expectations.json" \
  "$demo/ip-set-monitoring.json")" || status=$?
echo "$output"
[ "$status" -eq 1 ] || { echo "example: expected exit code 1, got $status" >&2; exit 1; }
grep -q "/admin/login/.* answers 403: admin-protection/AdminProtection_URIPATH" <<<"$output" || {
  echo "example: the rule that blocks /admin is not named" >&2
  exit 1
}

run "$demo/web-acl-with-exclusion.json" "$package/expectations.json" \
  "$demo/ip-set-monitoring.json"

# The same as a lifecycle hook of CodeDeploy.
hook() {
  WAFCAST_VERIFY=$verify WAFCAST_ACL=$1 WAFCAST_EXPECTATIONS=$package/expectations.json \
    WAFCAST_DOCUMENTS=$demo/ip-set-monitoring.json integrations/codedeploy/before-allow-traffic.sh
}
hook "$demo/web-acl-with-exclusion.json" >/dev/null
if hook "$demo/web-acl.json" >/dev/null; then
  echo "example: the CodeDeploy hook lets a broken deployment pass" >&2
  exit 1
fi
