import TestSupport
import Testing
import Wafcast

/// The labels that Bot Control adds by the User-Agent before its rules run.
struct BotLabelTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var agent: String
    var labels: [String]
    var testDescription: String { agent }

    init(_ agent: String, _ labels: String...) {
      self.agent = agent
      self.labels = labels
    }
  }

  private static let acl = """
    {"Name": "shop", "Scope": "REGIONAL", "DefaultAction": {"Allow": {}},
     "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
       "MetricName": "m"},
     "Rules": [{"Name": "bots", "Priority": 0, "OverrideAction": {"Count": {}},
       "VisibilityConfig": {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true,
         "MetricName": "m"},
       "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS",
         "Name": "AWSManagedRulesBotControlRuleSet", "ManagedRuleGroupConfigs": [
           {"AWSManagedRulesBotControlRuleSet": {"InspectionLevel": "COMMON"}}]}}}]}
    """

  /// Names, categories and signals of agents as their makers publish them.
  @Test(arguments: [
    Row("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"),
    Row(
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        + "Version/18.0 Safari/605.1.15"),
    Row("Opera/9.80 (Windows NT 6.1; U) Presto/2.12.388 Version/12.18"),
    Row("Lynx/2.9.0 libwww-FM/2.14"),
    Row(
      "CURL/8.5.0", "name:curl", "unverified", "category:http_library",
      "signal:non_browser_user_agent"),
    Row("my curl/8.5.0", "signal:non_browser_user_agent"),
    Row(
      "python-requests/2.32.3", "name:python_requests", "unverified", "category:http_library",
      "signal:non_browser_user_agent"),
    Row(
      "Python/3.12 aiohttp/3.9", "name:python", "unverified", "category:http_library",
      "signal:non_browser_user_agent"),
    Row(
      "Go-http-client/2.0", "name:go_http", "unverified", "category:http_library",
      "signal:non_browser_user_agent"),
    Row(
      "LWP::Simple/6.0", "name:libperl", "unverified", "category:http_library",
      "signal:non_browser_user_agent"),
    Row(
      "Ruby", "name:ruby", "unverified", "category:http_library", "signal:non_browser_user_agent"),
    Row("Rubyist/1.0", "signal:non_browser_user_agent"),
    Row(
      "Scrapy/2.11.0 (+https://scrapy.org)", "name:scrapy", "unverified",
      "category:scraping_framework", "signal:non_browser_user_agent"),
    Row(
      "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "name:bingbot",
      "category:search_engine"),
    Row(
      "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "name:ahrefsbot",
      "category:seo"),
    Row(
      "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "name:facebook",
      "category:social_media", "signal:non_browser_user_agent"),
    Row(
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.1; "
        + "+https://openai.com/gptbot)", "name:gptbot", "category:ai"),
    Row(
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        + "HeadlessChrome/140.0.0.0 Safari/537.36", "signal:automated_browser"),
    Row("Mozilla/5.0 (compatible; MyGooglebot2; notbingbots)"),
    // Of two the label of each; a log with such an agent would tell better.
    Row(
      "Mozilla/5.0 (compatible; Googlebot/2.1; bingbot/2.0)", "name:googlebot", "name:bingbot",
      "category:search_engine"),
  ])
  func labels(_ row: Row) throws {
    var predictor = Predictor(
      try loadWebACL(bytes: Array(Self.acl.utf8), file: "acl.json"))
    let prediction = predictor.evaluate(
      RequestRecord(
        method: "GET", uri: "/", headers: [("Host", "shop.example"), ("User-Agent", row.agent)],
        clientIP: "203.0.113.9", sourceName: "ALB"))
    let prefix = "awswaf:managed:aws:bot-control:"
    let found = prediction.labels.filter { $0.hasPrefix(prefix) }.map {
      String($0.dropFirst(prefix.count)).replacing("bot:", with: "", maxReplacements: 1)
    }
    #expect(Set(found) == Set(row.labels), "\(found)")
    #expect(prediction.labels.contains("awswaf:managed:token:absent"))
    #expect(prediction.action == .allow)
  }
}
