/// Records that the tests of this room share.
enum SampleRecords {
  /// A native record, as people write them.
  static let native = #"""
    {"timestamp":1761999999202,"formatVersion":1,"httpSourceName":"ALB","httpRequest":{
      "clientIp":"203.0.113.10","country":"DE","headers":[{"name":"Host","value":"shop.example"},
      {"name":"User-Agent","value":"curl/8.5.0"}],"uri":"/admin","args":"tab=users",
      "httpVersion":"HTTP/2.0","httpMethod":"GET","requestId":"r1","body":""},
      "wafcast":{"expect":{"action":"BLOCK","rule":"admin-protection/AdminProtection_URIPATH"},
      "source":"by hand"}}
    """#

  /// A log record, as the service writes them: one line, many members that are only skipped.
  static let log = #"""
    {"timestamp":1762000000202,"formatVersion":1,\#
    "webaclId":"arn:aws:wafv2:eu-central-1:1:regional/webacl/shop/0a",\#
    "terminatingRuleId":"admin-protection","terminatingRuleType":"MANAGED_RULE_GROUP",\#
    "action":"BLOCK","terminatingRuleMatchDetails":[],"httpSourceName":"ALB",\#
    "httpSourceId":"1-app/shop/01",\#
    "ruleGroupList":[{"ruleGroupId":"AWS#AWSManagedRulesAdminProtectionRuleSet",\#
    "terminatingRule":{"ruleId":"AdminProtection_URIPATH","action":"BLOCK",\#
    "ruleMatchDetails":null},"nonTerminatingMatchingRules":[],"excludedRules":null,\#
    "customerConfig":null}],"rateBasedRuleList":[{"evaluationWindowSec":"300",\#
    "maxRateAllowed":100.5e0}],"nonTerminatingMatchingRules":[],"requestHeadersInserted":null,\#
    "responseCodeSent":null,"httpRequest":{"clientIp":"2001:db8::1","country":"-",\#
    "headers":[{"name":"host","value":"shop.example"},{"name":"x-empty","value":""},\#
    {"name":"content-length","value":"20480"}],"uri":"/admin%2F","args":"",\#
    "httpVersion":"HTTP/1.1","httpMethod":"POST",\#
    "requestId":"1-690a0000-0123456789abcdef01234567","fragment":"","scheme":"https",\#
    "host":"shop.example"},"labels":[{"name":"awswaf:clientip:geo:country:DE"},\#
    {"name":"awswaf:clientip:geo:region:DE-BE"}],"oversizeFields":["REQUEST_BODY"],\#
    "requestBodySize":20480,"requestBodySizeInspectedByWAF":8192,\#
    "ja3Fingerprint":"0123456789abcdef0123456789abcdef","clientAsn":64500}
    """#

  /// A record with escapes, base64 twins and stated states.
  static let rich = #"""
    {"httpRequest":{"uri":"\/a\"b\\\u00e4\ud83d\ude00","argsBase64":"\/\/4=","headers":[
      {"name":"x-raw","value":"?","valueBase64":"AP8="},{"nameBase64":"WC1CNjQ=","value":"v"},
      {"name":"x-none"}],"httpMethod":"PUT","bodyBase64":"AAEC"},
      "wafcast":{"state":{"uri":"lossy","headers.x-b64":"prefix"},"masked":["headers.cookie"]},
      "timestamp":"2025-11-01T12:26:40.202Z"}
    """#

  static let all = [native, log, rich]
}
