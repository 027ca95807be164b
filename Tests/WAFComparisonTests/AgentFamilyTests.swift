import Testing
import WAFComparison

@Suite struct AgentFamilyTests {
  private func name(_ agent: String) -> String {
    let bytes = Array(agent.utf8)
    return AgentFamily.names[AgentFamily.index(of: bytes.span)]
  }

  /// Headers with the family that they are of.
  static let cases: [(agent: String, family: String)] = [
    ("", "(none)"), ("  \t", "(none)"), ("x", "other"), ("Mozilla/5.0", "other"), ("-", "other"),
    // Browsers.
    (windows + "Chrome/131.0.0.0 Safari/537.36", "Chrome"),
    (iPhone + "CriOS/131.0 Mobile/15E148 Safari/604.1", "Chrome"),
    (windows + "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge"),
    (windows + "Chrome/64.0 Safari/537.36 Edge/17.17134", "Edge"),
    (android + "Chrome/131.0 Mobile Safari/537.36 EdgA/131.0", "Edge"),
    (windows + "Chrome/131.0.0.0 Safari/537.36 OPR/116.0", "Opera"),
    ("Opera/9.80 (J2ME/MIDP; Opera Mini/5.0/1278; U; ko) Presto/2.2.0", "Opera"),
    ("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; en) Opera 8.50", "Opera"),
    (android + "SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36", "Samsung Internet"),
    (windows + "HeadlessChrome/131.0.0.0 Safari/537.36", "Headless Chrome"),
    ("Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox"),
    (iPhone + "FxiOS/133.0 Mobile/15E148 Safari/605.1.15", "Firefox"),
    (mac + "Version/18.1 Safari/605.1.15", "Safari"),
    (iPhone + "Version/18.1 Mobile/15E148 Safari/604.1", "Safari"),
    (iPhone + "Mobile/15E148", "iOS WebView"),
    (mac + "NetNewsWire/6.1", "other WebKit browser"),
    (
      "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
        + "Version/4.0 Chrome/131.0 Mobile Safari/537.36", "Android WebView"
    ),
    (
      "Mozilla/5.0 (Linux; U; Android 2.1; en-us) AppleWebKit/530.17 (KHTML, like Gecko) "
        + "Version/4.0 Mobile Safari/530.17", "Android Browser"
    ),
    (iPhone + "Mobile/15E148 [FBAN/FBIOS;FBAV/400.0]", "Facebook application"),
    ("Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer"),
    ("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.0; .NET CLR 3.5)", "Internet Explorer"),
    (
      "Mozilla/5.0 (X11; U; Linux i686; en-US; rv:1.7.2) Gecko/20040804 Galeon/1.3.17",
      "other Gecko browser"
    ),
    ("Lynx/2.8.5rel.1 libwww-FM/2.14", "text browser"),
    // Programs.
    ("curl/8.5.0", "curl"), ("Wget/1.21.4", "Wget"), ("python-requests/2.32.3", "python-requests"),
    ("Python-urllib/3.12", "Python"), ("Python/3.12 aiohttp/3.11.9", "Python"),
    ("python-httpx/0.28.0", "Python"), ("Go-http-client/1.1", "Go-http-client"),
    ("Java/17.0.9", "Java"), ("Java1.4.0_02", "Java"), ("Java-http-client/17", "Java"),
    ("okhttp/4.12.0", "okhttp"),
    ("Apache-HttpClient/4.5.14 (Java/17.0.9)", "Apache-HttpClient"), ("axios/1.7.8", "Node"),
    ("node-fetch/1.0 (+https://github.com/bitinn/node-fetch)", "Node"), ("undici", "Node"),
    ("node", "Node"), ("PostmanRuntime/7.43.0", "PostmanRuntime"),
    ("MyApp/1 CFNetwork/1568.200.51 Darwin/24.1.0", "CFNetwork"),
    ("Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)", "Android application"),
    // Bots.
    ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot"),
    (
      android + "Chrome/131.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; "
        + "+http://www.google.com/bot.html)", "Googlebot"
    ),
    ("AdsBot-Google (+http://www.google.com/adsbot.html)", "Googlebot"),
    ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "Bingbot"),
    ("Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)", "OpenAI"),
    ("Mozilla/5.0 (compatible; FrobBot/1.0)", "other bot"), ("acme-crawler", "other bot"),
    ("Some Spider 2", "other bot"), ("acme/1.0 (+https://acme.example/about)", "other bot"),
    ("robotics/1.0", "other"), ("BottleCap/2", "other"),
    // Health checks and monitors.
    ("ELB-HealthChecker/2.0", "ELB-HealthChecker"), ("Amazon CloudFront", "Amazon CloudFront"),
    ("kube-probe/1.31", "kube-probe"),
    ("Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "uptime monitor"),
    ("Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)", "uptime monitor"),
    // Scanners.
    ("sqlmap/1.8.11#stable (https://sqlmap.org)", "sqlmap"),
    ("Mozilla/5.00 (Nikto/2.5.0) (Evasions:None)", "Nikto"),
    ("Nuclei - Open-source project (github.com/projectdiscovery/nuclei)", "Nuclei"),
    (windows + "Chrome/131.0 Safari/537.36 OWASP ZAP", "ZAP"),
    ("Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)", "Nmap"),
    ("MASSCAN/1.3", "masscan"), ("Mozilla/5.0 zgrab/0.x", "zgrab"),
    ("Fuzz Faster U Fool v2.1.0", "ffuf"), ("DirBuster-1.0-RC1", "other scanner"),
  ]

  private static let windows =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
  private static let mac =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
  private static let android =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
  private static let iPhone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
    + "(KHTML, like Gecko) "

  @Test(arguments: cases) func family(_ test: (agent: String, family: String)) {
    #expect(name(test.agent) == test.family)
    if test.family != "(none)" { #expect(name(test.agent.uppercased()) == test.family) }
  }

  /// Every name is there once, whatever bytes come.
  @Test func names() {
    #expect(Set(AgentFamily.names).count == AgentFamily.names.count)
    for byte in UInt8.min...UInt8.max {
      let bytes = [UInt8](repeating: byte, count: 700)
      #expect(AgentFamily.names.indices.contains(AgentFamily.index(of: bytes.span)))
    }
  }

  /// A header's first part tells; the rest of a long one is not read.
  @Test func longHeaders() {
    let padding = String(repeating: "x ", count: 300)
    #expect(name("curl/8.5.0 " + padding) == "curl")
    #expect(name(padding + "curl/8.5.0") == "other")
  }
}
