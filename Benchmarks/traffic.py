"""Seeded requests as a shop with an API sees them, for measuring and not for judging.

The same seed gives the same requests on every machine. What recurs in real traffic recurs here:
clients come with one user agent, one address and the same cookies for some twenty requests; paths,
accept headers and the keys of cookies are few. One request in five has a body; about three in a
hundred are attacks. Sizes follow real logs: a median of about 500 bytes, 3.5 KB for one in a
hundred. Standard library only.
"""

import json
import random
from urllib.parse import quote, quote_plus

from attacks import ATTACKS

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 {}Safari/537.36"
PLATFORMS = ["Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7",
             "X11; Linux x86_64"]
BROWSERS = (
    [CHROME.format(platform, version, "") for platform in PLATFORMS for version in range(134, 142)]
    + [CHROME.format("Linux; Android 15; Pixel 9", version, "Mobile ")
       for version in (139, 140, 141)]
    + [f"Mozilla/5.0 (X11; Linux x86_64; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"
       for version in range(139, 144)]
    + [f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_{minor} like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
       f"like Gecko) Version/18.{minor} Mobile/15E148 Safari/604.1" for minor in range(7)])
APPS = [f"ShopApp/5.{minor} (iOS 18.{minor})" for minor in range(6)] + [
    "okhttp/4.12.0", "warehouse-sync/2.3", "Dart/3.9 (dart:io)", "axios/1.12.2"]
MONITORS = ["ELB-HealthChecker/2.0", "uptime-monitor/1.8", "feedfetcher/3.1"]
LANGUAGES = ["de-DE,de;q=0.9,en;q=0.6", "en-GB,en;q=0.8", "en-US,en;q=0.9", "fr-FR,fr;q=0.9",
             "nl-NL,nl;q=0.9,en;q=0.5"]
ACCEPT_PAGE = ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;"
               "q=0.8")
COUNTRIES = ["DE", "DE", "DE", "AT", "CH", "FR", "NL", "GB", "US", "US", "BR", "JP", "-"]
# Words of benign texts, in an order in which neighbours are no statement in SQL.
WORDS = ("I moved from the old house to the new one and would select this store again the order "
         "was late but support answered quickly please update my address and tell the union "
         "office where the table is it's great value & fits well can you drop the parcel at "
         "reception or with the neighbour after 12 o'clock thanks a lot").split() * 2
GOODS = ("blue cotton shirt winter jacket running shoes leather wallet steel bottle ceramic mug "
         "oak table garden hose summer dress boots bag charger lamp coffee grinder yoga "
         "mat").split()
SECTIONS = ("products categories blog help account orders reviews stores brands offers").split()
ASSETS = ["/static/css/shop.{}.css", "/static/js/shop.{}.js", "/static/js/cart.{}.js",
          "/media/products/{}.webp", "/static/fonts/inter-{}.woff2"]
CALLS = ["/api/v2/products/{}", "/api/v2/stock/{}", "/api/v2/cart", "/api/v2/search",
         "/api/v2/orders/{}", "/api/v2/session", "/graphql"]
KEYS = ["q", "page", "sort", "utm_source", "utm_campaign", "id", "ref", "lang", "filter", "cursor"]
# Of clients that are there at one time, and requests for one of them on average.
CLIENTS = 512
VISITS = 20
ATTACK_SHARE = 0.03


class Request:
    """One request, its parts as sent; text is ASCII but for the body, which is bytes."""

    __slots__ = ("method", "path", "query", "version", "address", "country", "host", "headers",
                 "body", "is_attack", "number", "fingerprint")

    @property
    def size(self):
        """The bytes as sent by HTTP/1.1."""
        line = len(self.method) + len(self.path) + 12 + (len(self.query) + 1 if self.query else 0)
        return (line + sum(len(name) + len(value) + 4 for name, value in self.headers) + 2
                + len(self.body))


class Client:
    """What stays the same from request to request."""

    __slots__ = ("kind", "agent", "address", "country", "language", "cookie", "host", "fingerprint")


class Traffic:
    """Requests without end: `for request in Traffic(seed)`.

    `body_bytes` gives every request a body of that size.
    """

    def __init__(self, seed, body_bytes=0):
        # Of `random`, only these two are promised to stay the same in later versions of Python.
        source = random.Random(seed)
        self.random, self.bits = source.random, source.getrandbits
        self.body_bytes = body_bytes
        self.clients = [self.client() for _ in range(CLIENTS)]
        self.count = 0

    def __iter__(self):
        return self

    def pick(self, options):
        return options[int(self.random() * len(options))]

    def token(self, digits):
        return f"{self.bits(digits * 4):0{digits}x}"

    def text(self, most):
        return self.words(1 + int(self.random() * most))

    def words(self, count):
        """So many words in their order, from anywhere on, again and again."""
        start = int(self.random() * len(WORDS) / 2)
        repeats = 1 + count // (len(WORDS) // 2)
        return " ".join((WORDS * repeats)[start:start + count])

    def client(self):
        client = Client()
        chance = self.random()
        client.kind = "browser" if chance < 0.62 else "app" if chance < 0.95 else "monitor"
        client.agent = self.pick(
            {"browser": BROWSERS, "app": APPS, "monitor": MONITORS}[client.kind])
        number = self.bits(12)
        if number & 7 == 7:
            client.address = f"2001:db8:{number:x}::{number & 0xFF:x}"
        else:
            network = ("192.0.2", "198.51.100", "203.0.113")[number % 3]
            client.address = f"{network}.{number >> 4}"
        client.country = self.pick(COUNTRIES)
        client.language = self.pick(LANGUAGES)
        client.host = self.pick(["shop.example", "shop.example", "www.shop.example"])
        client.fingerprint = self.token(32)
        client.cookie = ""
        if client.kind == "browser" and self.random() < 0.8:
            crumbs = [f"sessionid={self.token(32)}"]
            if self.random() < 0.5:
                crumbs.append(f"_ga=GA1.2.{self.bits(30)}.{1790000000 + self.bits(22)}")
            if self.random() < 0.4:
                crumbs.append(f"cart={self.token(16)}")
            if self.random() < 0.45:
                crumbs.append(f"consent=%7B%22ads%22%3Afalse%2C%22at%22%3A{self.bits(30)}%7D")
            if self.random() < 0.2:
                crumbs.append(f"AWSALB={self.token(128)}")
            client.cookie = "; ".join(crumbs)
        return client

    def page_path(self):
        path = "/" + self.pick(SECTIONS)
        if self.random() < 0.7:
            path += f"/{self.pick(GOODS)}-{self.pick(GOODS)}-{self.bits(10)}"
        return path + ("/" if self.random() < 0.5 else "")

    def arguments(self, most):
        pairs = []
        for _ in range(1 + int(self.random() * most)):
            chance = self.random()
            if chance < 0.35:
                value = str(self.bits(17))
            elif chance < 0.6:
                value = quote_plus(self.text(3))
            elif chance < 0.8:
                value = f"{self.pick(GOODS)}+{self.pick(GOODS)}"
            elif chance < 0.95:
                value = self.token(12)
            else:
                value = quote("https://shop.example" + self.page_path(), safe="")
            pairs.append(f"{self.pick(KEYS)}={value}")
        return "&".join(pairs)

    def __next__(self):
        slot = int(self.random() * CLIENTS)
        if self.random() * VISITS < 1:
            self.clients[slot] = self.client()
        client = self.clients[slot]
        request = Request()
        request.number = self.count
        self.count += 1
        request.address, request.country = client.address, client.country
        request.host, request.fingerprint = client.host, client.fingerprint
        request.body, request.query, request.is_attack = b"", "", False
        request.version = "HTTP/1.1" if client.kind == "monitor" else "HTTP/2.0"
        headers = request.headers = [("Host", client.host), ("User-Agent", client.agent)]
        if client.kind == "browser":
            self.browse(request, client)
        elif client.kind == "app":
            self.call(request)
        else:
            request.method, request.path = self.pick(["GET", "HEAD"]), "/healthz"
            headers.append(("Accept", "*/*"))
        if self.body_bytes:
            self.fill(request, self.body_bytes)
        if self.random() < ATTACK_SHARE:
            self.attack(request)
        if request.body:
            headers.append(("Content-Length", str(len(request.body))))
        return request

    def browse(self, request, client):
        headers = request.headers
        headers.append(("Accept-Language", client.language))
        headers.append(("Accept-Encoding", "gzip, deflate, br, zstd"))
        if "Chrome" in client.agent:
            headers.append(("Sec-Ch-Ua", '"Chromium";v="140", "Not=A?Brand";v="24"'))
            headers.append(("Sec-Ch-Ua-Mobile", "?0"))
        if client.cookie:
            headers.append(("Cookie", client.cookie))
        if self.random() < 0.6:
            headers.append(("Referer", f"https://{client.host}{self.page_path()}"))
        chance = self.random()
        request.method = "GET"
        if chance < 0.35:
            request.path = self.page_path()
            if self.random() < 0.5:
                request.query = self.arguments(4)
            headers.append(("Accept", ACCEPT_PAGE))
            headers.append(("Sec-Fetch-Mode", "navigate"))
            headers.append(("Sec-Fetch-Site", "same-origin"))
        elif chance < 0.82:
            request.path = self.pick(ASSETS).format(self.token(8))
            headers.append(("Accept", "*/*"))
        else:
            request.method = "POST"
            request.path = self.pick(["/cart/add/", "/checkout/", "/accounts/login/", "/reviews/"])
            headers.append(("Origin", f"https://{client.host}"))
            if chance < 0.96:
                self.form(request)
            else:
                self.upload(request)

    def call(self, request):
        headers = request.headers
        headers.append(("Accept", "application/json"))
        headers.append(("Accept-Encoding", "gzip"))
        headers.append(("X-Request-Id", self.token(32)))
        headers.append(("Traceparent", f"00-{self.token(32)}-{self.token(16)}-01"))
        request.path = self.pick(CALLS).format(self.bits(16))
        request.method = "GET"
        if self.random() < 0.6:
            headers.append(("Authorization", f"Bearer {self.token(96)}"))
        if self.random() < 0.28:
            request.method = self.pick(["POST", "POST", "PUT", "PATCH"])
            self.document(request)
        elif self.random() < 0.5:
            request.query = self.arguments(3)

    def size(self, least, tail):
        """Mostly near `least`; a long tail, as sizes have."""
        return int(least + tail * self.random() ** 12)

    def form(self, request):
        request.headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        body = f"csrf={self.token(32)}&{self.arguments(5)}"
        length = self.size(len(body), 7500)
        if length > len(body) + 60:
            words = (length - len(body)) // 6
            body += "&comment=" + quote_plus(self.words(words))
        request.body = body.encode()[:7900]

    def document(self, request):
        request.headers.append(("Content-Type", "application/json"))
        items = [{"sku": self.token(8), "quantity": 1 + self.bits(2),
                  "name": f"{self.pick(GOODS)} {self.pick(GOODS)}"}
                 for _ in range(self.size(1, 85))]
        body = {"id": self.bits(20), "items": items, "note": self.text(20)}
        request.body = json.dumps(body, separators=(",", ":")).encode()[:7900]

    def upload(self, request):
        boundary = "----WebKitFormBoundary" + self.token(16)
        request.headers.append(("Content-Type", f"multipart/form-data; boundary={boundary}"))
        kind, content = "text/plain", self.text(200).encode()
        if self.random() < 0.3:
            kind, content = "image/png", self.bits(4000).to_bytes(500, "big")
        head = (f'--{boundary}\r\nContent-Disposition: form-data; name="title"\r\n\r\n'
                f'{self.text(4)}\r\n--{boundary}\r\nContent-Disposition: form-data; name="file"; '
                f'filename="a"\r\nContent-Type: {kind}\r\n\r\n')
        request.body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()

    def fill(self, request, length):
        """Gives the request a body of exactly `length` bytes."""
        request.method = "POST"
        request.headers = [
            header for header in request.headers if header[0] not in ("Content-Type",)]
        if self.random() < 0.5:
            request.headers.append(("Content-Type", "application/x-www-form-urlencoded"))
            parts = [f"csrf={self.token(32)}"]
            left = length
            while left > 0:
                parts.append(f"{self.pick(KEYS)}={quote_plus(self.text(30))}")
                left -= len(parts[-1])
            request.body = "&".join(parts).encode()[:length]
        else:
            request.headers.append(("Content-Type", "application/json"))
            items = []
            while len(items) * 60 < length:
                items.append({"sku": self.token(8), "quantity": 1 + self.bits(2),
                              "name": self.text(6)})
            text = json.dumps({"items": items}, separators=(",", ":"))[:length - 12]
            cut = text[:text.rfind(",{")] + '],"end":"'
            request.body = (cut + "x" * (length - len(cut) - 2) + '"}').encode()

    def attack(self, request):
        place, value = self.pick(ATTACKS)
        request.is_attack = True
        if self.random() < 0.15:
            value = value.upper()
        if place == "path":
            request.path = value
        elif place == "query":
            chance = self.random()
            coded = value
            if chance < 0.6:
                coded = quote(value, safe="")
            elif chance < 0.8:
                coded = quote_plus(value)
            elif chance < 0.9:
                coded = quote(value.replace("<", "&lt;").replace('"', "&quot;"), safe="")
            else:
                coded = "".join([f"%{ord(character):02X}" for character in value])
            request.query = f"id={self.bits(12)}&q={coded}"
        elif place == "agent":
            self.replace(request, "User-Agent", value)
        elif place == "cookie":
            self.replace(request, "Cookie", f"sessionid={self.token(32)}; theme={value}")
        elif place == "header":
            request.headers.append(("X-Api-Version", value))
        else:
            request.method = "POST"
            if place == "json" and not self.body_bytes:
                self.replace(request, "Content-Type", "application/json")
                request.body = value.encode()
            else:
                self.replace(request, "Content-Type", "application/x-www-form-urlencoded")
                former = request.body[:self.body_bytes]
                request.body = f"id={self.bits(12)}&comment={quote_plus(value)}".encode()
                if self.body_bytes:
                    request.body = (request.body + b"&rest=" + former)[:self.body_bytes]

    @staticmethod
    def replace(request, name, value):
        request.headers = [
            header for header in request.headers if header[0] != name] + [(name, value)]
