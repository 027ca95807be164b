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

  static let paths = [
    "/", "/admin", "/admin/", "/Admin/x", "/%61dmin", "/%2561dmin", "/shop", "/shop/a.log",
    "//shop//x", "/a/../shop", "/a/./b/..", "a/..", "/x&lt;b&gt;", "/x&lt", "/x&#60",
    "/x&apos;y", "/sqlmanager", "/a+b", "/a%20%09b", "/YWRtaW4=", "YWRtaW4", "/x%u0061",
    "/wp-admin/a", "/x&#x4e00;", "/a%00b",
  ]
  static let queries = [
    "", "a=1", "a=x&b=y", "A=admin", "a=1&a=2", "a", "b=../../etc", "a=x+y&&b=", "&a=1",
    "a%62=admin&c=2", "ab=admin", "a=%41dmin", "a=YWRtaW4=", "b=http://10.0.0.1/x", "a=&b",
    "a=x.log", "c=nmap", "a=1=2",
  ]
  static let arguments = ["a", "b", "A", "ab", "zz"]
  static let headers: [(name: String, values: [String])] = [
    ("User-Agent", ["curl", "nmap", "Mozilla/5.0 (X)", " bot ", "BadBot", "xBadBot BadBot", ""]),
    ("X-Team", ["red", "blue", "RED", "red,blue", "\tred", "re&#100;", ""]),
    ("Host", ["shop.example", "admin.example"]),
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
  static let bodySizes = [8191, 8192, 8193, 9000, 16384, 16385]

  static let searches = [
    "/admin", "admin", "shop", "/", ".log", "<b>", "a b", "red", "blue", "x", "1", "GET", "curl",
    "bot", "sid", "a", "&", "=",
  ]
  static let words = ["admin", "BadBot", "red", "x", "shop"]
  static let patterns = [
    "admin", "^/adm", "red$", "[0-9]+", "^$", "(?i)ADMIN", "a.b", "re(?=d)", "(?<!x)BadBot",
    "^(GET|HEAD)$", "x?",
  ]
  static let sizes = [0, 1, 2, 3, 5, 8, 12, 100, 8191, 8192, 8193, 10000, 20000]

  static let countries = ["US", "DE", "FR"]
  static let addresses = ["192.0.2.7", "198.51.100.1", "2001:db8::7", "::ffff:192.0.2.7"]

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
    "awswaf:clientip:geo:country:US", "awswaf:clientip:geo:country:XX",
    "awswaf:clientip:geo:region:US-CA", "awswaf:clientip:geo:region:DE-BE",
  ]
  static let qualifiedNamespaces = [
    "awswaf:111122223333:webacl:shop:", "awswaf:111122223333:webacl:shop:team:",
    "awswaf:111122223333:rulegroup:alpha:", "awswaf:111122223333:rulegroup:beta",
    "awswaf:111122223333:rulegroup:missing:", "awswaf:managed:aws:",
    "awswaf:managed:aws:core-rule-set:", "awswaf:managed:acme:", "awswaf:managed:",
    "awswaf:clientip:geo:", "awswaf:clientip:geo:country", "awswaf:clientip:geo:reg",
  ]
}
