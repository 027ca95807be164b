#!/usr/bin/env bash
# Prints the path of the wafv2 API's description (service-2.json) as the Python library botocore
# has it, fetched into a virtual environment below .build when it is not there yet. Development
# only: Tests/APIDriftTests holds the model against it.
#
#   scripts/api-model.sh             the version in scripts/botocore-version.txt; no network once
#                                    it was fetched
#   scripts/api-model.sh VERSION     another version
#   scripts/api-model.sh --newest    the newest version, asked for each time
set -euo pipefail
cd "$(dirname "$0")/.."

case ${1:-} in
  --newest) version=newest requirement=botocore ;;
  "") version=$(cat scripts/botocore-version.txt) requirement=botocore==$version ;;
  -*)
    echo "usage: scripts/api-model.sh [VERSION|--newest]" >&2
    exit 2
    ;;
  *) version=$1 requirement=botocore==$1 ;;
esac

environment=$PWD/.build/venv-botocore-$version
model=$environment/wafv2-service-2.json

if [ "$version" != newest ] && [ -s "$model" ]; then
  echo "$model"
  exit 0
fi

if ! command -v python3 >/dev/null 2>&1 || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  echo "The API's description needs Python with virtual environments. Run this, then try again:" >&2
  echo "  sudo apt-get install -y --no-install-recommends python3 python3-venv" >&2
  exit 1
fi

# A half-made environment of an interrupted run would stay broken.
if [ ! -x "$environment/bin/pip" ]; then
  rm -rf "$environment"
  python3 -m venv "$environment" >&2
fi
"$environment/bin/pip" install --quiet --disable-pip-version-check --upgrade "$requirement" >&2

"$environment/bin/python" - "$model" <<'PYTHON'
import gzip
import os
import sys

import botocore

folder = os.path.join(os.path.dirname(botocore.__file__), "data", "wafv2", "2019-07-29")
plain = os.path.join(folder, "service-2.json")
if os.path.exists(plain):
    with open(plain, "rb") as file:
        data = file.read()
else:
    with gzip.open(plain + ".gz", "rb") as file:
        data = file.read()
# Written under another name first, so that a file of the right name is a whole one.
with open(sys.argv[1] + ".new", "wb") as file:
    file.write(data)
os.replace(sys.argv[1] + ".new", sys.argv[1])
print("botocore " + botocore.__version__, file=sys.stderr)
PYTHON
echo "$model"
