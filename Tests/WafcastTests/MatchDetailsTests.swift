import Foundation
import TestSupport
import Testing
import Wafcast

/// What predicted records tell of the finds of detectors, and what they keep to themselves.
struct MatchDetailsTests {
  /// A value that is an attack by any detector of cross-site scripting.
  private static let attack = "<script>alert(1)</script>"

  private func details(
    _ field: String, _ record: RequestRecord, showsSecrets: Bool = false
  ) throws -> String {
    let acl = """
      {"Name": "acl", "DefaultAction": {"Allow": {}}, "Rules": [{"Name": "xss", "Priority": 0,
        "Statement": {"XssMatchStatement": {"FieldToMatch": \(field),
          "TextTransformations": [{"Priority": 0, "Type": "URL_DECODE"}]}},
        "Action": {"Block": {}}, "VisibilityConfig": {"SampledRequestsEnabled": false,
          "CloudWatchMetricsEnabled": false, "MetricName": "xss"}}],
       "VisibilityConfig": {"SampledRequestsEnabled": false, "CloudWatchMetricsEnabled": false,
         "MetricName": "acl"}}
      """
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
    try Data(acl.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var predictor = Predictor(try loadWebACL(file.path))
    let line = String(
      decoding: predictor.predictedRecord(record, showsSecrets: showsSecrets), as: UTF8.self)
    let start = try #require(line.firstRange(of: #""terminatingRuleMatchDetails":"#))
    let end = try #require(line.firstRange(of: #","httpSourceName""#))
    return String(line[start.upperBound..<end.lowerBound])
  }

  private static let shown = #""matchedData":["<","script"]"#
  private static let masked = #""matchedData":["REDACTED"]"#

  @Test(arguments: [
    (#"{"AllQueryArguments": {}}"#, "ALL_QUERY_ARGS", "q=", true),
    (#"{"AllQueryArguments": {}}"#, "ALL_QUERY_ARGS", "password=", false),
    (#"{"SingleQueryArgument": {"Name": "token"}}"#, "SINGLE_QUERY_ARG", "token=", false),
    (#"{"QueryString": {}}"#, "QUERY_STRING", "a=", true),
    (#"{"QueryString": {}}"#, "QUERY_STRING", "session=1&a=", false),
  ])
  func argumentsAreShownUnlessTheirNameTellsOfASecret(
    _ field: String, _ location: String, _ query: String, _ isShown: Bool
  ) throws {
    let record = RequestRecord(
      uri: "/?" + query + "%3Cscript%3Ealert(1)%3C/script%3E",
      headers: [("Host", "shop.example")])
    let found = try details(field, record)
    #expect(found.contains(#""conditionType":"XSS","location":"\#(location)""#))
    #expect(found.contains(isShown ? Self.shown : Self.masked), "\(found)")
    #expect(try details(field, record, showsSecrets: true).contains(Self.shown))
  }

  @Test(arguments: [
    (#"{"SingleHeader": {"Name": "search"}}"#, "search", true),
    (#"{"SingleHeader": {"Name": "authorization"}}"#, "authorization", false),
    (
      #"{"Cookies": {"MatchPattern": {"All": {}}, "MatchScope": "VALUE", "OversizeHandling": "CONTINUE"}}"#,
      "cookie", false
    ),
  ])
  func headersAreShownUnlessTheyAreCredentials(
    _ field: String, _ header: String, _ isShown: Bool
  ) throws {
    let value = header == "cookie" ? "a=" + Self.attack : Self.attack
    let record = RequestRecord(uri: "/", headers: [("Host", "shop.example"), (header, value)])
    #expect(try details(field, record).contains(isShown ? Self.shown : Self.masked))
    #expect(try details(field, record, showsSecrets: true).contains(Self.shown))
  }

  /// A log never holds a body but here, and a form may hold a password.
  @Test func bodiesAreMasked() throws {
    let record = RequestRecord(
      method: "POST", uri: "/", headers: [("Host", "shop.example"), ("Content-Length", "25")],
      body: Array(Self.attack.utf8))
    #expect(try details(#"{"Body": {}}"#, record).contains(Self.masked))
    #expect(try details(#"{"Body": {}}"#, record, showsSecrets: true).contains(Self.shown))
  }

  @Test func otherRequestsHaveNoDetails() throws {
    let record = RequestRecord(uri: "/?q=1", headers: [("Host", "shop.example")])
    #expect(try details(#"{"AllQueryArguments": {}}"#, record) == "[]")
  }
}
