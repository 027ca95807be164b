"""The forms that generated requests are written in.

Of one request all forms tell the same: `waf_log` as AWS WAF logs it, without the body; `native` the
same record and the body (docs/records.md); `neutral` the bytes alone, for peers that read no JSON.
"""

import base64
import struct
from json.encoder import encode_basestring as quote

STARTED = 1792047600000
MAGIC = b"WAFREQ1\n"
ACL = ("arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop-staging/"
       "5f0c6a52-7d1e-4c0b-9a53-2f6f1f0b7a11")
GROUP = ('{"ruleGroupId":"AWS#AWSManagedRulesCommonRuleSet","terminatingRule":null,'
         '"nonTerminatingMatchingRules":[],"excludedRules":null,"customerConfig":null}')
HEAD = (f',"formatVersion":1,"webaclId":"{ACL}","terminatingRuleId":"Default_Action",'
        '"terminatingRuleType":"REGULAR","action":"ALLOW","terminatingRuleMatchDetails":[],'
        '"httpSourceName":"ALB","httpSourceId":"111122223333-app/shop-blue/0f1e2d3c4b5a6978",'
        f'"ruleGroupList":[{GROUP}],"rateBasedRuleList":[],"nonTerminatingMatchingRules":[],'
        '"requestHeadersInserted":null,"responseCodeSent":null,"httpRequest":{"clientIp":"')


def record(request, body=""):
    """A record; `body` is a member of `httpRequest`, its comma included."""
    time = STARTED + request.number * 17
    headers = ",".join(
        [f'{{"name":"{name}","value":{quote(value)}}}' for name, value in request.headers])
    size = ""
    if request.body:
        length = len(request.body)
        size = (f',"requestBodySize":{length},'
                f'"requestBodySizeInspectedByWAF":{min(length, 8192)}')
    mixed = (request.number + 1) * 0x9E3779B97F4A7C15 & (1 << 64) - 1
    return (f'{{"timestamp":{time}{HEAD}{request.address}","country":"{request.country}",'
            f'"headers":[{headers}],"uri":{quote(request.path)},"args":{quote(request.query)},'
            f'"httpVersion":"{request.version}","httpMethod":"{request.method}",'
            f'"requestId":"1-{time // 1000:08x}-{mixed:024x}","fragment":"","scheme":"https",'
            f'"host":"{request.host}"{body}}}{size},"ja3Fingerprint":"{request.fingerprint}",'
            '"ja4Fingerprint":"t13d1516h2_8daaf6152771_02713d6af862"}\n')


def waf_log(request):
    return record(request).encode()


def native(request):
    if not request.body:
        return record(request, ',"body":""').encode()
    try:
        text = f',"body":{quote(request.body.decode())}'
    except UnicodeDecodeError:
        text = f',"bodyBase64":"{base64.b64encode(request.body).decode()}"'
    return record(request, text).encode()


def neutral(request):
    """Lengths of four bytes, lowest first, each before its bytes: method, path, query, version,
    address, body; the number of headers, and their names and values."""
    parts = [request.method, request.path, request.query, request.version, request.address]
    out = []
    for part in [part.encode() for part in parts] + [request.body]:
        out += [struct.pack("<I", len(part)), part]
    out.append(struct.pack("<I", len(request.headers)))
    for header in request.headers:
        for part in header:
            coded = part.encode()
            out += [struct.pack("<I", len(coded)), coded]
    return b"".join(out)
