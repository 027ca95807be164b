/// The few words that web ACLs and records are made of, so that rules really match.
enum Vocabulary {
  static let account = "111122223333"
  static let webACLARN =
    "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shop/a1"
  static let globalWebACLARN =
    "arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/a1"

  static func arn(_ kind: String, _ name: String) -> String {
    "arn:aws:wafv2:eu-central-1:111122223333:regional/\(kind)/\(name)/b2"
  }

  /// Values for any component.
  static let plainValues = [
    "admin", "red", "blue", "BadBot", "x", "shop", "", "curl", " bot ", "xBadBot BadBot", "1",
    "UNION/**/SELECT", "<script>", "1 OR 1=1", "../../etc", "YWRtaW4=", "61646d696e", "Admin",
  ]
  static let paths = [
    "/", "/admin", "/admin/", "/Admin/x", "/%61dmin", "/%2561dmin", "/shop", "/shop/a.log",
    "//shop//x", "/a/../shop", "/a/./b/..", "a/..", "/x&lt;b&gt;", "/x&lt", "/x&#60",
    "/x&apos;y", "/sqlmanager", "/a+b", "/a%20%09b", "/YWRtaW4=", "YWRtaW4", "/x%u0061",
    "/wp-admin/a", "/x&#x4e00;", "/a%00b",
  ]
  static let queries = [
    "", "a=1", "a=x&b=y", "A=admin", "a=1&a=2", "a", "b=../../etc", "a=x+y&&b=", "&a=1",
    "a%62=admin&c=2", "ab=admin", "a=%41dmin", "a=YWRtaW4=", "b=http://10.0.0.1/x", "a=&b",
    "a=x.log", "c=nmap", "a=1=2", "a=1;b=2", "a=1%26b=red", "A=1&a=2", "a=1&b=2&a=3", "a&a=x",
    "b=%u0061dmin", "&&", "a=red%3Bb=blue",
  ]
  static let arguments = ["a", "b", "A", "ab", "zz"]
  static let headers: [(name: String, values: [String])] = [
    ("User-Agent", ["curl", "nmap", "Mozilla/5.0 (X)", " bot ", "BadBot", "xBadBot BadBot", ""]),
    ("X-Team", ["red", "blue", "RED", "red,blue", "\tred", "re&#100;", ""]),
    ("Host", ["shop.example", "admin.example"]),
  ]
  static let headerNames = ["user-agent", "X-Team", "host", "cookie", "Accept", "x-many"]
  static let headerOrders = [
    "User-Agent", "user-agent:x-team", "User-Agent:X-Team:Host", "x-team:host", "Host",
    "host:cookie",
  ]
  static let cookies = [
    "sid=1", "sid=admin", "theme=red", "bare", "=x", "sid=1; theme=red", "theme=blue; bare",
    "sid=\"red\"", "sid=1;; a=b=c", "sid=YWRtaW4=", "theme=",
  ]
  static let cookieNames = ["sid", "theme", "bare", "zz"]
  static let bodies = [
    "", "admin", "a=red&b=blue", "{\"a\": \"admin\"}", "http://169.254.169.254/x", "../../etc",
    "redredred", "a+b", "YWRtaW4=",
  ]
  /// JSON texts; `%1` and `%2` stand for values.
  static let json = [
    #"{"a":"%1"}"#, #"{"a":"%1","b":"%2"}"#, #"{"a":{"c":"d","b":{"e":{"f":"%1"}}}}"#,
    #"{"a":"%1""b":"%2"}"#, #"{"a":"%1","b""%2"}"#, #"{"a"::"%1","b""%2"}"#,
    #"{"a":"%1","a":"%2","b":"red"}"#, #"{"a":{"a":"%1"},"b":"%2"}"#, #"["%1",["%2",1,true,null]]"#,
    #"[{"a":"%1"},{"a":"%2"}]"#, #""%1""#, "12", #"{"a":"%1""#, #"{"a":"%1"} x"#, #"{"a":"%1"} "#,
    #"{"a":"\u0061dmin","b":"\/%1"}"#, #"{"\u0061":"%1","a":"%2"}"#, #"{"a":"\ud83d\ude00%1"}"#,
    #"{"a":"\ud83d%1","b":"%2"}"#, #"{"a":"\ude00","b":"red"}"#, #"{"a":-1.5e3,"b":"%1"}"#,
    #"{"a":"%1","b"}"#, #"{"":"%1"}"#, #"{"a/b":"%1","a~b":"%2"}"#, "", "{}", "[]",
    #"{"a":"%1"]"#, #"{"a":tru,"b":"%1"}"#, #"{1:"%1"}"#, #"{"a":"\q","b":"%1"}"#,
    #"{"a":"%1","b":{"c":"%2","c":1},"d":"red"}"#, "  [ 1 , \"%1\" ]",
  ]
  static let jsonPaths = [
    "/a", "/b", "/a/b", "/a/c", "/0", "/1", "/1/0", "/0/a", "/", "/a~1b", "/a~0b", "/zz", "/b/c",
  ]
  static let bodySizes = [8191, 8192, 8193, 9000, 16383, 16384, 16385]
  static let fragments = ["top", "section2", "", "admin", "#x"]
  static let ja3 = ["e7d705a3286e19ea42f587b344ee6865", "6734f37431670b3ab4292b8f60f29984"]
  static let ja4 = ["t13d1516h2_8daaf6152771_02713d6af862", "t13d190900_9dc949149365_97f8aa674fe9"]

  static let searches = [
    "/admin", "admin", "shop", "/", ".log", "<b>", "a b", "red", "blue", "x", "1", "GET", "curl",
    "bot", "sid", "a", "&", "=",
  ]
  static let words = ["admin", "BadBot", "red", "x", "shop"]
  static let patterns = [
    "admin", "^/adm", "red$", "[0-9]+", "^$", "(?i)ADMIN", "a.b", "re(?=d)", "(?<!x)BadBot",
    "^(GET|HEAD)$", "x?",
  ]
  static let sizes = [0, 1, 2, 3, 5, 8, 12, 100, 8191, 8192, 8193, 10000, 16383, 16384, 20000]

  static let countries = ["US", "DE", "FR"]
  static let addresses = ["192.0.2.7", "198.51.100.1", "2001:db8::7", "::ffff:192.0.2.7"]
  static let networks: [UInt32] = [0, 16509, 64512]
  static let forwardedHeaders = ["X-Forwarded-For", "x-forwarded-for", "X-Real-Ip"]
  static let forwarded = [
    "192.0.2.7", "198.51.100.1", "192.0.2.7, 198.51.100.1", "198.51.100.1,192.0.2.7",
    "2001:db8::7", "::ffff:192.0.2.7", "192.0.2.7:5678", "[2001:db8::7]:443", "[2001:db8::7]",
    "fe80::1%eth0", "unknown", "", " ", "192.0.2.7; 198.51.100.1",
    "192.0.2.7 198.51.100.1, 192.0.2.7",
    "unknown, 192.0.2.7", "198.51.100.1, unknown", "192.0.2.007", "192.0.2.7,", " 192.0.2.7 ",
    "192.0.2.7, 1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4, 1.1.1.5, 1.1.1.6, 1.1.1.7, 1.1.1.8, 1.1.1.9, "
      + "1.1.1.10",
    "1.1.1.1, 192.0.2.7, 1.1.1.2, 1.1.1.3, 1.1.1.4, 1.1.1.5, 1.1.1.6, 1.1.1.7, 1.1.1.8, 1.1.1.9, "
      + "1.1.1.10",
  ]

  static let labels = ["seen", "team:red", "team:blue", "x:y:seen"]
  static let labelKeys = ["seen", "team:red", "red", "y:seen", "x:y:seen", "blue"]
  static let labelNamespaces = ["team:", "team", "x:y:", "x", "y:", "tea"]
  static let qualifiedKeys = [
    "awswaf:111122223333:webacl:shop:seen", "awswaf:111122223333:webacl:shop:team:red",
    "awswaf:444455556666:webacl:shop:seen", "awswaf:111122223333:rulegroup:alpha:seen",
    "awswaf:111122223333:rulegroup:alpha:team:red",
    "awswaf:111122223333:rulegroup:missing:seen",
    "awswaf:managed:aws:admin-protection:AdminProtection_URIPath",
    "awswaf:managed:aws:core-rule-set:NoUserAgent_Header",
    "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body",
    "awswaf:managed:aws:sql-database:SQLi_Body", "awswaf:managed:acme:guard:seen",
    "awswaf:managed:aws:bot-control:bot:category:ai",
    "awswaf:managed:aws:bot-control:bot:verified", "awswaf:managed:token:accepted",
    "awswaf:managed:token:absent", "awswaf:managed:captcha:rejected",
    "awswaf:managed:aws:bot-control:bot:name:curl",
    "awswaf:managed:aws:anti-ddos:challengeable-request",
    "awswaf:managed:aws:anti-ddos:ddos-request",
    "awswaf:clientip:geo:country:US", "awswaf:clientip:geo:country:XX",
    "awswaf:clientip:geo:region:US-CA", "awswaf:clientip:geo:region:DE-BE",
    "awswaf:forwardedip:geo:country:US", "awswaf:forwardedip:geo:country:DE",
    "awswaf:forwardedip:geo:region:US-CA",
  ]
  static let qualifiedNamespaces = [
    "awswaf:111122223333:webacl:shop:", "awswaf:111122223333:webacl:shop:team:",
    "awswaf:111122223333:rulegroup:alpha:", "awswaf:111122223333:rulegroup:beta",
    "awswaf:111122223333:rulegroup:missing:", "awswaf:managed:aws:",
    "awswaf:managed:aws:core-rule-set:", "awswaf:managed:acme:", "awswaf:managed:",
    "awswaf:managed:aws:bot-control:bot:", "awswaf:managed:token:",
    "awswaf:clientip:geo:", "awswaf:clientip:geo:country", "awswaf:clientip:geo:reg",
    "awswaf:forwardedip:geo:", "awswaf:forwardedip:geo:country:", "awswaf:forwardedip:",
  ]
  static let assumptions = [
    "detector/xss=match", "detector/sqli-*=unknown", "detector/*=match", "Guard/*=unknown",
    "AWSManagedRulesSQLiRuleSet/*=match", "*/SQLi_*=unknown", "*AntiDDoS*/*=unknown",
    "*AntiDDoS*/Challenge*=match", "*/NoUserAgent_HEADER=no-match", "*AdminProtection*/*=match",
  ]
  static let insertedValues = [
    "yes", "${awswaf:111122223333:webacl:shop:}", "team ${awswaf:111122223333:webacl:shop:team:}",
    "${awswaf:clientip:geo:country:}", "${awswaf:ip:} ${seen:}", "${",
  ]
}
