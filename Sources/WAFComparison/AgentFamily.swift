import Bytes

/// Gives a User-Agent header the name of its family.
///
/// Names are claims of the client: a family says what a request calls itself. The header is read
/// once; of all families that have a mark in it the first of the list counts, since most browsers
/// name those whose pages they want: Edge says Chrome and Safari too.
package enum AgentFamily {
  /// The names, by the index that `index(of:)` gives.
  package static let names: [String] = ["(none)", "other"] + families.map(\.name)

  /// What comes later in a header is no more than detail; headers are as long as their sender likes.
  private static let readBytes = 512

  /// The family of a header's value; an empty one, or only white space, stands for no header.
  package static func index(of agent: Span<UInt8>) -> Int {
    guard agent.firstIndex(where: { !$0.isASCIIWhitespace }) != nil else { return 0 }
    let agent = agent.extracting(first: min(agent.count, readBytes))
    let best = marks.first(in: agent)
    return best < families.count ? best + 2 : 1
  }

  // MARK: Families

  private struct Family: Sendable {
    var name: String
    var marks: [Mark]

    init(_ name: String, _ marks: Mark...) {
      self.name = name
      self.marks = marks
    }
  }

  /// A text that tells a family.
  ///
  /// `|` at its start stands for the header's start, `<` for the start of a word, `>` at its end for
  /// the end of one.
  private struct Mark: Sendable, ExpressibleByStringLiteral {
    /// Letters in lower case.
    var text: [UInt8]
    var beginsHeader = false
    var beginsWord = false
    var endsWord = false

    init(stringLiteral value: String) {
      text = Array(value.utf8)
      if text.first == UInt8(ascii: "|") {
        text.removeFirst()
        beginsHeader = true
      } else if text.first == UInt8(ascii: "<") {
        text.removeFirst()
        beginsWord = true
      }
      if text.last == UInt8(ascii: ">") {
        text.removeLast()
        endsWord = true
      }
    }
  }

  private static let families: [Family] = [
    // Scanners: they dress up as browsers.
    Family("sqlmap", "sqlmap"), Family("Nikto", "nikto"), Family("Nuclei", "nuclei"),
    Family("ZAP", "owasp zap", "owasp_zap", "zaproxy"), Family("Nmap", "nmap scripting"),
    Family("WPScan", "wpscan"), Family("masscan", "masscan"), Family("Acunetix", "acunetix"),
    Family("zgrab", "zgrab"),
    Family("ffuf", "fuzz faster u fool", "<ffuf"), Family("gobuster", "gobuster"),
    Family(
      "other scanner", "dirbuster", "feroxbuster", "dirb>", "wfuzz", "nessus", "openvas", "qualys",
      "netsparker", "invicti", "arachni", "w3af", "jaeles", "commix", "havij", "whatweb",
      "skipfish", "censysinspect", "internetmeasurement", "expanse, a palo alto", "l9explore",
      "l9tcpid", "leakix", "|zmeu", "morfeus", "jorgee", "detectify", "burpsuite", "burp suite"),
    // Health checks, services, monitors.
    Family("ELB-HealthChecker", "elb-healthchecker"),
    Family("Route 53 health check", "amazon-route53-health-check", "amazon route 53 health check"),
    Family("Amazon CloudFront", "amazon cloudfront"), Family("kube-probe", "kube-probe"),
    Family("GoogleHC", "|googlehc"),
    Family(
      "uptime monitor", "uptimerobot", "pingdom", "statuscake", "site24x7", "datadog",
      "newrelicpinger", "better uptime", "betteruptime", "better stack", "uptime-kuma", "checkly",
      "freshping", "catchpoint", "hetrixtools", "updown.io", "cloudflare-healthchecks",
      "blackbox exporter", "blackbox-exporter", "prometheus/", "consul health check", "nagios",
      "check_http", "gatus", "cloudwatchsynthetics"),
    // Crawlers by name.
    Family(
      "Googlebot", "googlebot", "adsbot-google", "mediapartners-google", "apis-google",
      "google-inspectiontool", "storebot-google", "googleother", "google-extended",
      "feedfetcher-google", "google-read-aloud", "google-site-verification"),
    Family("Bingbot", "bingbot", "bingpreview", "adidxbot", "msnbot"),
    Family("Applebot", "applebot"), Family("Baiduspider", "baiduspider"),
    Family("YandexBot", "yandexbot", "yandex.com/bots", "yandeximages", "yandexmobilebot"),
    Family("DuckDuckBot", "duckduckbot", "duckassistbot"),
    Family("Yahoo! Slurp", "yahoo! slurp"), Family("Sogou spider", "sogou"),
    Family("PetalBot", "petalbot"), Family("SeznamBot", "seznambot"),
    Family(
      "Meta crawler", "facebookexternalhit", "facebookcatalog", "<facebot>", "meta-externalagent",
      "meta-externalfetcher"),
    Family("OpenAI", "gptbot", "oai-searchbot", "chatgpt-user"),
    Family(
      "Anthropic", "claudebot", "claude-user", "claude-searchbot", "claude-web", "anthropic-ai"),
    Family("PerplexityBot", "perplexitybot", "perplexity-user"),
    Family("Bytespider", "bytespider"), Family("Amazonbot", "amazonbot"), Family("CCBot", "<ccbot"),
    Family("AhrefsBot", "ahrefsbot", "ahrefssiteaudit"), Family("SemrushBot", "semrushbot"),
    Family("MJ12bot", "mj12bot"), Family("DotBot", "<dotbot"),
    Family("Slackbot", "slackbot", "slack-imgproxy"), Family("Twitterbot", "twitterbot"),
    Family("LinkedInBot", "linkedinbot"), Family("Discordbot", "discordbot"),
    Family("TelegramBot", "telegrambot"), Family("WhatsApp", "|whatsapp/"),
    Family("Pinterestbot", "pinterestbot", "|pinterest/"),
    Family("Internet Archive", "archive.org_bot", "ia_archiver"),
    // Programs.
    Family("curl", "<curl/", "|curl "), Family("Wget", "<wget/", "|wget"),
    Family("HTTPie", "httpie/"),
    Family("python-requests", "python-requests"),
    Family(
      "Python", "python-urllib", "python-httpx", "aiohttp/", "<python/", "python-httplib2",
      "urllib3", "scrapy", "pycurl/", "|python"),
    Family("Go-http-client", "go-http-client", "|go 1.1 package http", "|go-resty", "fasthttp"),
    Family("okhttp", "<okhttp"),
    Family(
      "Apache-HttpClient", "apache-httpclient", "apache-httpasyncclient", "commons-httpclient"),
    Family("Java", "<java/", "|java1.", "java-http-client", "reactornetty/", "jersey/", "jetty/"),
    Family("Node", "<axios/", "node-fetch", "<undici", "node.js", "|node>", "|got (", "superagent"),
    Family("PostmanRuntime", "postmanruntime"), Family("Insomnia", "insomnia/"),
    Family("Ruby", "|ruby", "faraday", "rest-client/", "typhoeus", "httparty"),
    Family("PHP", "guzzlehttp", "<php/", "|php", "symfony httpclient", "wordpress/"),
    Family("Perl", "libwww-perl", "|lwp::", "|lwp-"),
    Family(".NET", "restsharp", "|.net", "|dotnet", "|microsoft.net"),
    Family("PowerShell", "windowspowershell/", "<powershell/"),
    Family("Rust", "<reqwest/", "<hyper/", "<ureq/"),
    Family("AWS SDK", "aws-sdk", "aws-cli/", "<boto3/", "<botocore/"),
    Family("Dart", "<dart/"),
    Family(
      "load test", "<k6/", "grafana k6", "<locust", "apachebench/", "jmeter", "gatling",
      "artillery",
      "|vegeta", "|hey/", "|siege", "|wrk"),
    // Whatever calls itself a bot, or says where to read about itself.
    Family(
      "other bot", "bot>", "bots>", "crawler>", "crawl>", "spider>", "scraper>", "fetcher>",
      "validator>", "(+http", " +http", ";+http", "headlessbot", "slurp>"),
    // Applications.
    Family("CFNetwork", "cfnetwork/"), Family("Android application", "|dalvik/"),
    Family(
      "Facebook application", "[fban", "[fb_iab", ";fban/", "fbav/"),
    Family("Instagram application", "<instagram "), Family("Electron", "electron/"),
    // Browsers: those that carry another one's name first.
    Family("Edge", "<edg/", "<edge/", "<edga/", "<edgios/"),
    Family("Opera", "<opr/", "<opera>", "<opios/", "<opt/"),
    Family("Samsung Internet", "samsungbrowser/"), Family("Yandex Browser", "<yabrowser/"),
    Family("UC Browser", "<ucbrowser", "<uc browser", "<ucweb"),
    Family("Amazon Silk", "<silk/"), Family("Vivaldi", "<vivaldi/"),
    Family("Headless Chrome", "headlesschrome"),
    Family("Internet Explorer", "<msie ", "<trident/", "iemobile"),
    Family("Android WebView", "; wv)"),
    Family("Firefox", "firefox/", "<fxios/", "<focus/", "<klar/"),
    Family("Chrome", "<chrome/", "<crios/", "<chromium/", "<crmo/"),
    Family("Konqueror", "konqueror"),
    Family("Android Browser", "<android"),
    Family("text browser", "|lynx", "|links (", "|elinks", "|w3m/"),
    Family("Safari", "<safari/"), Family("iOS WebView", "(iphone", "(ipad", "(ipod"),
    Family("other WebKit browser", "<applewebkit/"),
    Family("other Gecko browser", "<gecko/", "<gecko>"),
  ]

  // MARK: Finding

  private static let marks = Marks(families)

  /// All marks, by their first byte.
  private struct Marks: Sendable {
    private struct Entry {
      var family: Int
      var mark: Mark
    }

    private var entries: [Entry] = []
    /// Where the entries of a first byte begin; one more for the end.
    private var starts: [Int] = []

    init(_ families: [Family]) {
      let all = families.enumerated().flatMap { index, family in
        family.marks.map { Entry(family: index, mark: $0) }
      }
      // `sorted` keeps the order of equal ones: the first of a byte that fits is the best of it.
      entries = all.sorted { ($0.mark.text.first ?? 0) < ($1.mark.text.first ?? 0) }
      starts = (0...256).map { byte in
        entries.firstIndex { Int($0.mark.text.first ?? 0) >= byte } ?? entries.count
      }
    }

    /// The first family that has a mark in a text; `Int.max` for none.
    func first(in text: Span<UInt8>) -> Int {
      var best = Int.max
      for position in text.indices {
        let byte = Int(text[position].asciiLowercased)
        var index = starts[byte]
        while index < starts[byte + 1], entries[index].family < best {
          if fits(entries[index].mark, text, at: position) {
            best = entries[index].family
            break
          }
          index += 1
        }
      }
      return best
    }

    private func fits(_ mark: Mark, _ text: Span<UInt8>, at position: Int) -> Bool {
      let end = position + mark.text.count
      guard end <= text.count else { return false }
      if mark.beginsHeader, position > 0 { return false }
      if mark.beginsWord, position > 0, text[position - 1].isASCIIAlphanumeric { return false }
      if mark.endsWord, end < text.count, text[end].isASCIIAlphanumeric { return false }
      for offset in mark.text.indices
      where text[position + offset].asciiLowercased != mark.text[offset] {
        return false
      }
      return true
    }
  }
}
