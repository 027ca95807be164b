#!/usr/bin/env python3
"""Writes N AWS WAF log records (one JSON object a line, about 1.6 KB each) to standard output.

For measuring, not for judging: paths, headers, clients and methods vary as in a shop's log, and
the same N and SEED give the same bytes on every machine. Standard library only.

Usage: python3 generate.py [N] [SEED]
"""

import json
import sys

AGENTS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Mobile Safari/537.36",
    "ShopApp/5.1 (iOS 18.6)", "warehouse-sync/2.3", "curl/8.9.1", "uptime-monitor/1.8",
]
COUNTRIES = ["DE", "DE", "DE", "AT", "CH", "FR", "NL", "GB", "US", "US", "BR", "JP", "-"]
# (method, path, query, kind); N is replaced by a number, T by a token.
REQUESTS = [
    ("GET", "/", "", "page"),
    ("GET", "/products/N", "", "page"),
    ("GET", "/products/N", "from=related&slot=N", "page"),
    ("GET", "/search/", "q=tea%20T&page=N&sort=price", "page"),
    ("GET", "/categories/coffee/", "page=N", "page"),
    ("GET", "/cart/", "", "page"),
    ("GET", "/accounts/orders/N/", "", "page"),
    ("GET", "/blog/post-N/", "utm_source=letter&utm_campaign=T", "page"),
    ("GET", "/static/css/shop.T.css", "", "asset"),
    ("GET", "/static/js/shop.T.js", "", "asset"),
    ("GET", "/static/img/banner-N.webp", "v=T", "asset"),
    ("GET", "/media/products/N.webp", "w=640", "asset"),
    ("GET", "/api/v2/products/", "limit=20&cursor=T", "api"),
    ("GET", "/api/v2/stock/", "since=2026-10-15T07:00Z&sku=SKU-N", "api"),
    ("PUT", "/api/v2/basket/", "", "post"),
    ("POST", "/cart/add/", "", "post"),
    ("POST", "/accounts/login/", "", "post"),
    ("POST", "/api/v2/events/", "", "post"),
    ("POST", "/products/N/reviews/photo/", "", "upload"),
    ("HEAD", "/healthz", "", "api"),
    ("OPTIONS", "/api/v2/basket/", "", "api"),
    ("GET", "/admin/shop/order/N/change/", "", "page"),
    ("GET", "/download/", "file=..%2f..%2fT.ini", "page"),
    ("GET", "/%61ccounts/login/", "next=%2Fcheckout%2F&ref=T", "page"),
]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    state = (int(sys.argv[2]) if len(sys.argv) > 2 else 1) & 0xFFFFFFFFFFFFFFFF
    write = sys.stdout.write
    mask = 0xFFFFFFFFFFFFFFFF

    def quote(text):
        return json.dumps(text)

    agents = [quote(agent) for agent in AGENTS]
    out = []
    for index in range(count):
        # One step of a 64-bit LCG a record; the fields take different bits of a mixed value.
        state = (state * 6364136223846793005 + 1442695040888963407) & mask
        mixed = ((state ^ (state >> 29)) * 0xBF58476D1CE4E5B9) & mask
        mixed ^= mixed >> 32
        method, path, query, kind = REQUESTS[mixed % len(REQUESTS)]
        number, token = str(mixed >> 7 & 0x3FFF), f"{mixed >> 21 & 0xFFFFFFFF:08x}"
        path = path.replace("N", number).replace("T", token)
        query = query.replace("N", number).replace("T", token) if query else ""
        client = mixed >> 11 & 0xFFF  # 4,096 clients
        if client & 7 == 7:
            address = f"2001:db8:{client:x}::{client & 0xFF:x}"
        else:
            address = f"{('192.0.2', '198.51.100', '203.0.113')[client % 3]}.{client >> 4}"
        agent = agents[client % len(agents)]
        country = COUNTRIES[client % len(COUNTRIES)]
        second = client & 3 == 3  # a quarter speaks HTTP/1.1
        version = "HTTP/1.1" if second else "HTTP/2.0"
        session = f"{mixed:016x}{state:016x}"
        headers = [
            '{"name":"Host","value":"shop.example"}',
            f'{{"name":"user-agent","value":{agent}}}',
            '{"name":"accept","value":"text/html,application/xhtml+xml,application/xml;q=0.9,'
            'image/avif,image/webp,*/*;q=0.8"}',
            '{"name":"accept-language","value":"de-DE,de;q=0.9,en;q=0.6"}',
            '{"name":"accept-encoding","value":"gzip, deflate, br, zstd"}',
            f'{{"name":"cookie","value":"sessionid={session}; csrftoken={session[::-1]}; '
            f'cart={token}; consent=functional"}}',
            f'{{"name":"referer","value":"https://shop.example/products/{number}"}}',
            '{"name":"sec-fetch-site","value":"same-origin"}',
            '{"name":"sec-fetch-mode","value":"navigate"}',
            f'{{"name":"traceparent","value":"00-{session}-{mixed:016x}-01"}}',
        ]
        size = ""
        if kind in ("post", "upload"):
            length = 20_000 + (mixed >> 13 & 0x7FFF) if kind == "upload" else 40 + (mixed & 0x3FF)
            headers.append('{"name":"content-type","value":"application/x-www-form-urlencoded"}')
            # Every fourth post is one of which the log knows no size.
            if mixed >> 40 & 3:
                headers.append(f'{{"name":"content-length","value":"{length}"}}')
                size = (f',"requestBodySize":{length},'
                        f'"requestBodySizeInspectedByWAF":{min(length, 8192)}')
            elif second:
                headers.append('{"name":"transfer-encoding","value":"chunked"}')
        time = 1792047600000 + index * 17 + (mixed & 0xF)
        out.append(
            f'{{"timestamp":{time},"formatVersion":1,"webaclId":"arn:aws:wafv2:eu-central-1:'
            '111122223333:regional/webacl/shop-staging/5f0c6a52-7d1e-4c0b-9a53-2f6f1f0b7a11",'
            '"terminatingRuleId":"Default_Action","terminatingRuleType":"REGULAR","action":"ALLOW",'
            '"terminatingRuleMatchDetails":[],"httpSourceName":"ALB",'
            '"httpSourceId":"111122223333-app/shop-blue/0f1e2d3c4b5a6978","ruleGroupList":[],'
            '"rateBasedRuleList":[],"nonTerminatingMatchingRules":[],"requestHeadersInserted":null,'
            f'"responseCodeSent":null,"httpRequest":{{"clientIp":"{address}","country":"{country}",'
            f'"headers":[{",".join(headers)}],"uri":{quote(path)},"args":{quote(query)},'
            f'"httpVersion":"{version}","httpMethod":"{method}",'
            f'"requestId":"1-{time // 1000:08x}-{session[:24]}","fragment":"","scheme":"https",'
            f'"host":"shop.example"}}{size},"ja3Fingerprint":"{session}"}}\n')
        if len(out) == 4096:
            write("".join(out))
            out.clear()
    write("".join(out))


main()
