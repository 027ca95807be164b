"""Requests that are made to be dear, and twins of the same sizes that are not."""

import random

from traffic import Request, WORDS

# Bytes of each field; every literal of its patterns fits.
FIELDS = {"path": 1900, "query": 2400, "ua": 300, "cookie": 2000, "header": 900, "body": 7600}


def literals(path):
    """The literals by field that the patterns' matches must have, as patterns.tsv lists them."""
    found = {field: [] for field in FIELDS}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        _, slots, kind, pattern, required = (line.split("\t") + ["-"])[:5]
        texts = [pattern] if kind == "lit" else required.split("||") if required != "-" else []
        for field in FIELDS if slots == "*" else slots.split(","):
            found[field] += texts
    return found


def request(number, values):
    made = Request()
    made.number, made.is_attack, made.method = number, True, "POST"
    made.version, made.address, made.country = "HTTP/1.1", "192.0.2.1", "DE"
    made.host, made.fingerprint = "shop.example", "0" * 32
    made.path, made.query = "/" + values["path"], values["query"]
    made.body = values["body"].encode()
    made.headers = [
        ("Host", made.host), ("User-Agent", values["ua"]), ("Cookie", values["cookie"]),
        ("X-Note", values["header"]), ("Content-Type", "application/x-www-form-urlencoded"),
        ("Content-Length", str(len(made.body)))]
    return made


def every_literal(path, count, seed):
    """`count` requests with every literal, in an order of its own each; a body has all of them."""
    source = random.Random(seed)
    found = literals(path)
    for number in range(count):
        values = {}
        for field, size in FIELDS.items():
            texts = sorted(found[field], key=lambda _: source.random())
            joined = " ".join(texts)
            while len(joined) < size:
                joined += " " + joined
            # What `%` and `+` stand for is not what is wanted here.
            values[field] = joined[:size].replace("%", "%25")[:size]
        yield request(number, values)


def plain(count, seed):
    """`count` requests of the same sizes, of words."""
    source = random.Random(seed)
    for number in range(count):
        values = {}
        for field, size in FIELDS.items():
            texts = WORDS[int(source.random() * 40):] * (size // 100 + 1)
            values[field] = "+".join(texts)[:size].replace("'", "")
        yield request(number, values)


def backtracking(count):
    """`count` requests whose query takes the pattern `acls.BACKTRACKING` to its limit."""
    for number in range(count):
        values = {field: "a" for field in FIELDS}
        values["query"] = "a" * (40 + number % 20) + "1"
        yield request(number, values)
