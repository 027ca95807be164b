import Bytes

/// Gives a User-Agent header the name of its family.
///
/// Names are claims of the client: a family says what a request calls itself. Order matters, since
/// most browsers name those whose pages they want: Edge says Chrome and Safari too.
package enum AgentFamily {
  /// The names, by the index that `index(of:)` gives.
  package static let names: [String] = ["(none)", "other", "other bot"] + families.map(\.name)

  /// The family of a header's value; empty stands for no header.
  package static func index(of agent: Span<UInt8>) -> Int {
    if agent.isEmpty { return 0 }
    // What comes later is no more than detail; headers are as long as their sender likes.
    let agent = agent.extracting(0..<min(agent.count, 512))
    for (index, family) in families.enumerated() {
      for token in family.tokens where contains(agent, token) { return index + 3 }
    }
    for token in botTokens where contains(agent, token) { return 2 }
    return 1
  }

  private struct Family: Sendable {
    var name: String
    /// Any of them; letters in lower case.
    var tokens: [[UInt8]]

    init(_ name: String, _ tokens: String...) {
      self.name = name
      self.tokens = tokens.map { Array($0.utf8) }
    }
  }

  private static let families: [Family] = [
    // Scanners first: they dress up as browsers.
    Family("sqlmap", "sqlmap"), Family("Nikto", "nikto"), Family("Nuclei", "nuclei"),
    Family("ZAP", "owasp zap", "zaproxy"), Family("Nmap", "nmap scripting"),
    Family("WPScan", "wpscan"), Family("masscan", "masscan"), Family("Acunetix", "acunetix"),
    Family("zgrab", "zgrab"), Family("gobuster", "gobuster", "dirbuster", "feroxbuster"),
    // Health checks and services.
    Family("ELB-HealthChecker", "elb-healthchecker"),
    Family("Route 53 health check", "amazon-route53-health-check"),
    Family("Amazon CloudFront", "amazon cloudfront"), Family("kube-probe", "kube-probe"),
    Family("uptime monitor", "uptimerobot", "pingdom", "statuscake", "site24x7", "datadog"),
    // Named crawlers.
    Family("Googlebot", "googlebot", "google-inspectiontool", "storebot-google"),
    Family("Bingbot", "bingbot"), Family("Applebot", "applebot"),
    Family("Baiduspider", "baiduspider"),
    Family("YandexBot", "yandexbot"), Family("DuckDuckBot", "duckduckbot"),
    Family("facebookexternalhit", "facebookexternalhit", "meta-externalagent"),
    Family("GPTBot", "gptbot", "oai-searchbot", "chatgpt-user"), Family("ClaudeBot", "claudebot"),
    Family("AhrefsBot", "ahrefsbot"), Family("SemrushBot", "semrushbot"),
    Family("Slackbot", "slackbot"), Family("Twitterbot", "twitterbot"),
    // Programs.
    Family("curl", "curl/"), Family("Wget", "wget"),
    Family("python-requests", "python-requests"),
    Family("Python", "python-urllib", "python-httpx", "aiohttp", "python/"),
    Family("Go-http-client", "go-http-client"), Family("okhttp", "okhttp"),
    Family("Apache-HttpClient", "apache-httpclient"), Family("Java", "java/", "java-http-client"),
    Family("Node", "axios", "node-fetch", "undici", "node.js", "got ("),
    Family("PostmanRuntime", "postmanruntime"), Family("insomnia", "insomnia"),
    Family("Ruby", "ruby", "faraday"), Family("PHP", "guzzlehttp", "php/"),
    Family("Perl", "libwww-perl"), Family(".NET", "restsharp", ".net"),
    Family("AWS SDK", "aws-sdk", "aws-cli", "boto3"), Family("Dart", "dart/"),
    Family("CFNetwork", "cfnetwork"), Family("k6", "k6/"), Family("Locust", "locust"),
    // Browsers: those that carry another one's name first.
    Family("Edge", "edg/", "edge/", "edga/", "edgios/"), Family("Opera", "opr/", "opera"),
    Family("Samsung Internet", "samsungbrowser"), Family("Headless Chrome", "headlesschrome"),
    Family("Internet Explorer", "msie ", "trident/"), Family("Android WebView", "; wv)"),
    Family("Firefox", "firefox/", "fxios/"), Family("Chrome", "chrome/", "crios/", "chromium/"),
    Family("Safari", "version/"), Family("iOS WebView", "applewebkit/"),
  ]

  private static let botTokens = ["bot", "crawl", "spider", "scan"].map { Array($0.utf8) }

  /// Whether the text has the token, whatever the case of its letters.
  private static func contains(_ text: Span<UInt8>, _ token: [UInt8]) -> Bool {
    guard let first = token.first, token.count <= text.count else { return false }
    for start in 0...(text.count - token.count)
    where text[start] | 0x20 == first || text[start] == first {
      var length = 1
      while length < token.count, lower(text[start + length]) == token[length] { length += 1 }
      if length == token.count { return true }
    }
    return false
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
