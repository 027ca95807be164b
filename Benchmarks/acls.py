#!/usr/bin/env python3
"""Writes the web ACLs that are measured, the same for the same seed; each into a folder of its own.

Usage: python3 acls.py DIRECTORY [SEED]
"""

import base64
import json
import random
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ACCOUNT = "arn:aws:wafv2:eu-central-1:111122223333:regional"
GROUPS = ["CommonRuleSet", "AdminProtectionRuleSet", "KnownBadInputsRuleSet", "SQLiRuleSet",
          "LinuxRuleSet"]
BACKTRACKING = "^(?:[a-z]+)+$"
WORDS = ("admin login export internal debug upload search basket invoice report legacy partner "
         "preview sitemap billing console metrics backup webhook token select script passwd "
         "java manager").split()


def visibility(name):
    return {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": name}


def identifier(number):
    return f"00000000-0000-4000-8000-{number:012d}"


def chain(*names):
    return [{"Priority": place, "Type": name} for place, name in enumerate(names or ["NONE"])]


def contains(field, text, *names, position="CONTAINS"):
    return {"ByteMatchStatement": {
        "SearchString": base64.b64encode(text.encode()).decode(), "FieldToMatch": field,
        "TextTransformations": chain(*names), "PositionalConstraint": position}}


def matches(field, pattern, *names):
    return {"RegexMatchStatement": {
        "RegexString": pattern, "FieldToMatch": field, "TextTransformations": chain(*names)}}


def is_long(field, size):
    return {"SizeConstraintStatement": {
        "FieldToMatch": field, "ComparisonOperator": "GT", "Size": size,
        "TextTransformations": chain()}}


def both(*statements):
    return {"AndStatement": {"Statements": list(statements)}}


def either(*statements):
    return {"OrStatement": {"Statements": list(statements)}}


def no(statement):
    return {"NotStatement": {"Statement": statement}}


def header(name):
    return {"SingleHeader": {"Name": name}}


PATH, QUERY, METHOD = {"UriPath": {}}, {"QueryString": {}}, {"Method": {}}
BODY = {"Body": {"OversizeHandling": "CONTINUE"}}
COOKIES = {"Cookies": {"MatchPattern": {"All": {}}, "MatchScope": "ALL",
                       "OversizeHandling": "CONTINUE"}}
ARGUMENTS = {"AllQueryArguments": {}}


def rule(name, statement, action="Block", labels=()):
    return {"Name": name, "Statement": statement, "Action": {action: {}},
            "RuleLabels": [{"Name": label} for label in labels],
            "VisibilityConfig": visibility(name)}


def web_acl(name, rules):
    for priority, each in enumerate(rules):
        each["Priority"] = priority
        if not each.get("RuleLabels"):
            each.pop("RuleLabels", None)
    return {"WebACL": {
        "Name": name, "Id": identifier(1), "ARN": f"{ACCOUNT}/webacl/{name}/{identifier(1)}",
        "DefaultAction": {"Allow": {}}, "Rules": rules, "VisibilityConfig": visibility(name)}}


def headers_and_paths():
    """Rules that look at headers, method and path, and at neither arguments nor bodies."""
    rules = [rule(f"path-{number}", contains(PATH, f"/{word}", "LOWERCASE", position="STARTS_WITH"))
             for number, word in enumerate(
                 ("wp-admin", "wp-login", ".git", ".env", "cgi-bin", "phpmyadmin"))]
    rules += [rule(f"agent-{word}", contains(header("user-agent"), word, "LOWERCASE"))
              for word in ("sqlmap", "nikto", "masscan", "zgrab", "python-requests")]
    rules += [
        rule("no-agent", no(is_long(header("user-agent"), 0))),
        rule("foreign-host", both(
            no(contains(header("host"), "shop.example", position="EXACTLY")),
            no(contains(header("host"), "www.shop.example", position="EXACTLY")))),
        rule("method", contains(METHOD, "TRACE", position="EXACTLY")),
        rule("long-path", is_long(PATH, 1024)),
        rule("old-app", matches(header("user-agent"), r"^shopapp/[1-4]\.\d+", "LOWERCASE")),
        rule("numbers", matches(PATH, r"^/api/v[01]/", "URL_DECODE"), "Count", ["old-api"]),
        rule("old-api", both(
            {"LabelMatchStatement": {"Scope": "LABEL", "Key": "old-api"}},
            no(contains(header("authorization"), "Bearer ", position="STARTS_WITH")))),
    ]
    return web_acl("headers-and-paths", rules)


def managed():
    """The managed groups of the bar for a replay."""
    return web_acl("managed", [
        {"Name": name, "OverrideAction": {"None": {}}, "VisibilityConfig": visibility(name),
         "Statement": {"ManagedRuleGroupStatement": {
             "VendorName": "AWS", "Name": f"AWSManagedRules{name}"}}} for name in GROUPS])


def custom(seed):
    """Rules of one's own, near the 1,500 units of capacity that come without a surcharge."""
    source = random.Random(seed)

    def pick(options):
        return options[int(source.random() * len(options))]

    rules = []
    for number in range(36):
        word, other = pick(WORDS), pick(WORDS)
        rules += [
            rule(f"place-{number}", both(
                contains(PATH, f"/{word}", "URL_DECODE", "LOWERCASE", position="STARTS_WITH"),
                no(contains(header("authorization"), "Bearer ", position="STARTS_WITH")))),
            rule(f"argument-{number}", either(
                contains(QUERY, f"{word}.{other}", "URL_DECODE_UNI", "LOWERCASE"),
                matches(ARGUMENTS, rf"^(?:{word}|{other})-\d+;", "URL_DECODE_UNI"))),
        ]
    for number in range(22):
        word, other = pick(WORDS), pick(WORDS)
        rules += [
            rule(f"body-{number}", matches(
                BODY, rf"\b{word}\s*=\s*[a-z0-9]+\s*{other}\b", "URL_DECODE_UNI", "LOWERCASE")),
            rule(f"cookie-{number}", contains(COOKIES, f"{word}_{other}", "URL_DECODE"), "Count",
                 [f"cookie-{number}"]),
            rule(f"cookie-of-{number}", both(
                {"LabelMatchStatement": {"Scope": "LABEL", "Key": f"cookie-{number}"}},
                is_long(QUERY, 512 + number))),
        ]
    return web_acl("custom", rules)


def addresses(seed):
    """Ten IP sets of 10,000 blocks, two of them IPv6, and the rules that ask them."""
    source = random.Random(seed)
    rules, sets = [], {}
    for number in range(10):
        is_new = number >= 8
        blocks = set()
        while len(blocks) < 10_000:
            if is_new:
                high = source.getrandbits(29) | 0x20000000
                blocks.add(f"{high >> 16:x}:{high & 0xFFFF:x}:{source.getrandbits(16):x}::/48")
            else:
                length = 20 + source.getrandbits(4) % 13
                value = source.getrandbits(32) >> (32 - length) << (32 - length)
                if value >> 24 not in (0, 10, 127, 192, 198, 203):
                    parts = ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))
                    blocks.add(f"{parts}/{length}")
        blocks = sorted(blocks)
        if number == 7:
            blocks[-1] = "203.0.113.240/28"  # addresses that occur
        name = f"blocks-{number}"
        arn = f"{ACCOUNT}/ipset/{name}/{identifier(10 + number)}"
        sets[name] = {"IPSet": {
            "Name": name, "Id": identifier(10 + number), "ARN": arn,
            "IPAddressVersion": "IPV6" if is_new else "IPV4", "Addresses": blocks}}
        rules.append(rule(name, {"IPSetReferenceStatement": {"ARN": arn}}))
    return {"web-acl": web_acl("addresses", rules), **sets}


def patterns(*arguments):
    text = subprocess.run(
        [sys.executable, HERE / "patterns_acl.py", HERE / "patterns.tsv", *arguments], check=True,
        capture_output=True, text=True).stdout
    return json.loads(text)


def patterns_and_detectors():
    """The patterns, and detectors where SecLang's have theirs: arguments, cookies and bodies."""
    document = patterns()
    rules = document["WebACL"]["Rules"]
    for kind, names in (("SqliMatchStatement", ["URL_DECODE_UNI"]),
                        ("XssMatchStatement", ["URL_DECODE_UNI"])):
        fields = [{kind: {"FieldToMatch": field, "TextTransformations": chain(*names)}}
                  for field in (ARGUMENTS, COOKIES, BODY)]
        rules.append({**rule(kind, either(*fields)), "Priority": len(rules)})
        rules[-1].pop("RuleLabels")
    return document


def backtracking():
    return web_acl("backtracking", [rule("slow", matches(QUERY, BACKTRACKING))])


def write(directory, documents):
    directory.mkdir(parents=True, exist_ok=True)
    for name, document in documents.items():
        (directory / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")


def write_all(directory, seed):
    for name, document in {
        "headers-and-paths": headers_and_paths(), "managed": managed(), "custom": custom(seed),
        "patterns": patterns(), "patterns-count": patterns("--count"),
        "patterns-and-detectors": patterns_and_detectors(), "backtracking": backtracking(),
    }.items():
        write(directory / name, {"web-acl": document})
    write(directory / "addresses", addresses(seed))


if __name__ == "__main__":
    write_all(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
