#!/usr/bin/env python3
"""Writes the patterns of a TSV as a wafv2 web ACL: a rule a pattern, on the same fields, behind the
same transformations as the peers look at.

A row is: name, slots (path, query, ua, cookie, header, body; comma separated, `*` for all), `lit`
or `rx`, the pattern, and literals that every match has (not used here). A slot is what the peers'
drivers split a request into: `header` is the value of each header but user-agent and cookie, and
`body` its first 16 KiB, which is what a web ACL of CloudFront inspects.

Usage: python3 patterns_acl.py [patterns.tsv] [--count] > acl.json

--count  all rules count, so that each pattern is looked for in each request
"""

import base64
import json
import sys
from pathlib import Path

CHAIN = ["URL_DECODE", "HTML_ENTITY_DECODE", "LOWERCASE"]
FIELDS = {
    "path": {"UriPath": {}},
    "query": {"QueryString": {}},
    "ua": {"SingleHeader": {"Name": "user-agent"}},
    "cookie": {"SingleHeader": {"Name": "cookie"}},
    "header": {
        "Headers": {
            "MatchPattern": {"ExcludedHeaders": ["user-agent", "cookie"]},
            "MatchScope": "VALUE",
            "OversizeHandling": "CONTINUE",
        }
    },
    "body": {"Body": {"OversizeHandling": "CONTINUE"}},
}


def statement(slot, kind, pattern):
    shared = {
        "FieldToMatch": FIELDS[slot],
        "TextTransformations": [
            {"Priority": place, "Type": name} for place, name in enumerate(CHAIN)
        ],
    }
    if kind == "lit":
        return {
            "ByteMatchStatement": {
                # The service writes search strings in Base64.
                "SearchString": base64.b64encode(pattern.encode()).decode(),
                "PositionalConstraint": "CONTAINS",
                **shared,
            }
        }
    return {"RegexMatchStatement": {"RegexString": pattern, **shared}}


def rules(path, action):
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, slots, kind, pattern = line.split("\t")[:4]
        slots = list(FIELDS) if slots == "*" else slots.split(",")
        statements = [statement(slot, kind, pattern) for slot in slots]
        yield {
            "Name": name.replace(".", "-"),
            "Statement": statements[0]
            if len(statements) == 1
            else {"OrStatement": {"Statements": statements}},
            "Action": {action: {}},
            "VisibilityConfig": visibility(name.replace(".", "-")),
        }


def visibility(name):
    return {
        "SampledRequestsEnabled": False,
        "CloudWatchMetricsEnabled": False,
        "MetricName": name,
    }


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--count"]
    path = Path(arguments[0]) if arguments else Path(__file__).with_name("patterns.tsv")
    action = "Count" if "--count" in sys.argv[1:] else "Block"
    identifier = "00000000-0000-4000-8000-000000000200"
    acl = {
        "Name": "patterns",
        "Id": identifier,
        "ARN": f"arn:aws:wafv2:us-east-1:123456789012:global/webacl/patterns/{identifier}",
        "DefaultAction": {"Allow": {}},
        "Rules": [
            {"Priority": priority, **rule} for priority, rule in enumerate(rules(path, action))
        ],
        "VisibilityConfig": visibility("patterns"),
    }
    json.dump({"WebACL": acl}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
