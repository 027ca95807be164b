#!/usr/bin/env python3
"""Writes the patterns of patterns.tsv as SecLang: the same fields, the same transformations.

Usage: python3 seclang.py PATTERNS [--detectors] > rules.conf

--detectors  libinjection, for SQL injection and cross-site scripting, behind the patterns
"""

import sys
from pathlib import Path

TRANSFORMATIONS = "t:none,t:urlDecodeUni,t:htmlEntityDecode,t:lowercase"
VARIABLES = {
    "path": "REQUEST_FILENAME", "query": "QUERY_STRING", "ua": "REQUEST_HEADERS:User-Agent",
    "cookie": "REQUEST_HEADERS:Cookie", "body": "REQUEST_BODY",
    "header": "REQUEST_HEADERS|!REQUEST_HEADERS:User-Agent|!REQUEST_HEADERS:Cookie",
}
HEAD = """\
SecRuleEngine On
SecRequestBodyAccess On
SecResponseBodyAccess Off
SecRequestBodyLimit 13107200
SecRequestBodyNoFilesLimit 131072
SecAuditEngine Off
SecDebugLogLevel 0
SecAction "id:1,phase:1,pass,nolog,ctl:forceRequestBodyVariable=On"
"""
DETECTORS = """\
SecRule ARGS|REQUEST_COOKIES "@detectSQLi" "id:2001,phase:2,deny,nolog,t:none,t:urlDecodeUni"
SecRule ARGS|REQUEST_COOKIES "@detectXSS" "id:2002,phase:2,deny,nolog,t:none,t:urlDecodeUni"
"""


def rules(path):
    """Literals on the same fields become one `@pm`, libmodsecurity's search for many words."""
    words, number = {}, 1000
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, slots, kind, pattern = line.split("\t")[:4]
        variables = "REQUEST_FILENAME|QUERY_STRING|REQUEST_HEADERS|REQUEST_BODY"
        if slots != "*":
            variables = "|".join([VARIABLES[slot] for slot in slots.split(",")])
        if kind == "lit" and " " not in pattern:
            words.setdefault((name.split(".")[0], variables), []).append(pattern)
            continue
        number += 1
        # libmodsecurity compiles with (?sm); AWS WAF and the other peers do not.
        operator = f"@contains {pattern}" if kind == "lit" else f"@rx (?-sm){pattern}"
        yield rule(number, variables, operator.replace('"', "\\x22"), name)
    for (name, variables), phrases in words.items():
        number += 1
        yield rule(number, variables, "@pm " + " ".join(phrases), name)


def rule(number, variables, operator, name):
    return (f'SecRule {variables} "{operator}" '
            f'"id:{number},phase:2,deny,nolog,{TRANSFORMATIONS},msg:\'{name}\'"\n')


def main():
    sys.stdout.write(HEAD)
    sys.stdout.writelines(rules(Path(sys.argv[1])))
    if "--detectors" in sys.argv[2:]:
        sys.stdout.write(DETECTORS)


main()
