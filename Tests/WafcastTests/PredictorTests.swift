import Foundation
import TestSupport
import Testing
import Wafcast

/// The library as somebody links it: one import, documents and requests in, predictions out.
struct PredictorTests {
  static let demo = packageRoot.appending(path: "corpora/demo").path

  private func load(_ name: String = "web-acl.json") throws -> CompiledWebACL {
    try loadWebACL(
      "\(Self.demo)/\(name)", with: ["\(Self.demo)/ip-set-monitoring.json"])
  }

  private func request(_ uri: String, method: String = "GET") -> RequestRecord {
    RequestRecord(
      method: method, uri: uri,
      headers: [("Host", "shop.example"), ("User-Agent", "Mozilla/5.0")],
      clientIP: "203.0.113.9", sourceName: "ALB")
  }

  @Test(arguments: ["/admin", "/admin/", "/admin/login/?next=/admin/"])
  func adminIsBlocked(_ uri: String) throws {
    var predictor = Predictor(try load())
    let prediction = predictor.evaluate(request(uri))
    #expect(prediction.action == .block)
    #expect(prediction.status == 403)
    #expect(prediction.certainty == .approximate)
    #expect(prediction.fidelity == "high")
    #expect(prediction.rule == "admin-protection/AdminProtection_URIPATH")
    #expect(
      prediction.labels == ["awswaf:managed:aws:admin-protection:AdminProtection_URIPath"])
  }

  @Test(arguments: ["/", "/products/42"])
  func pagesAreAllowed(_ uri: String) throws {
    var predictor = Predictor(try load())
    let prediction = predictor.evaluate(request(uri))
    #expect(prediction.action == .allow)
    #expect(prediction.status == nil)
    #expect(prediction.certainty == .approximate)
    #expect(prediction.assumptions == [])
  }

  @Test func exclusionFreesThePathAndKeepsTheLabel() throws {
    var predictor = Predictor(try load("web-acl-with-exclusion.json"))
    let prediction = predictor.evaluate(request("/admin/"))
    #expect(prediction.action == .allow)
    #expect(
      prediction.labels == ["awswaf:managed:aws:admin-protection:AdminProtection_URIPath"])
  }

  @Test func explanationNamesEachRuleReached() throws {
    var predictor = Predictor(try load())
    let (prediction, trace) = predictor.explain(request("/admin"))
    #expect(prediction.action == .block)
    #expect(
      trace.steps.map(\.rule) == [
        "monitoring-probes", "block-login-probe", "admin-protection/AdminProtection_URIPATH",
      ])
    #expect(trace.unreached == ["core-rule-set"])
  }

  @Test func predictedRecordIsALogRecord() throws {
    var predictor = Predictor(try load())
    let line = String(decoding: predictor.predictedRecord(request("/admin")), as: UTF8.self)
    #expect(line.contains(#""terminatingRuleId":"admin-protection""#))
    #expect(line.contains(#""action":"BLOCK""#))
    #expect(line.hasSuffix("}\n"))
  }

  @Test func predictedRecordSaysWhatMadeIt() throws {
    func stamp(_ options: LoadOptions) throws -> String {
      let acl = try loadWebACL(
        "\(Self.demo)/web-acl.json", with: ["\(Self.demo)/ip-set-monitoring.json"],
        options: options)
      var predictor = Predictor(acl)
      let line = String(decoding: predictor.predictedRecord(request("/")), as: UTF8.self)
      return String(try #require(line.split(separator: #""stamp":"#).last))
    }
    let plain = try stamp(LoadOptions())
    #expect(plain.hasPrefix("\"wafcast \(WafcastVersion.current); acl "))
    #expect(plain.contains("; rulesets ") && plain.contains("; bundle "))
    let others = [
      LoadOptions(searchString: .base64), LoadOptions(allowUnknown: true),
      LoadOptions(resourceType: .cloudFront), LoadOptions(fidelity: .low),
      LoadOptions(assumptions: ["AWSManagedRulesCommonRuleSet/*=unknown"]),
    ]
    // Whatever can change a verdict changes the stamp.
    let stamps = try others.map(stamp)
    #expect(Set(stamps + [plain]).count == others.count + 1)
  }

  @Test func brokenDocumentIsRefusedWithItsPlace() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write("acl.json", #"{"Name": "x", "DefaultAction": {"Alow": {}}}"#)
    #expect {
      _ = try loadWebACL(file)
    } throws: { error in
      guard case LoadFailure.invalid(let diagnostics, let sources) = error else { return false }
      return diagnostics.map(sources.render).joined().contains("acl.json:1:")
    }
  }
}
