import Foundation
import TestSupport
import Testing

@Suite struct ReplayCommandTests {
  private static let demo = ["replay", Demo.webACL, Demo.requests] + Demo.documents

  @Test func tellsTheStory() throws {
    let run = try Demo.wafcast(Self.demo)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let text = run.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("by AdminProtection_URIPATH of AWSManagedRulesAdminProtectionRuleSet"))
    #expect(text.contains("to /admin/…"))
    #expect(text.contains("cannot be decided from the recording: the body"))
    #expect(
      text.contains(
        #"{ "Name": "AdminProtection_URIPATH", "ActionToUse": { "Count": {} } }"#))
    #expect(!run.text.contains("\u{1B}"), "no colour where there is no terminal")
    #expect(run.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 46)
  }

  @Test func theExclusionFreesTheAdminPages() throws {
    let run = try Demo.wafcast(
      ["replay", Demo.withExclusion, Demo.requests, "--format", "json"] + Demo.documents)
    #expect(run.status == 0)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    let rules = try #require(report["rules"] as? [[String: Any]])
    let admin = try #require(
      rules.first { ($0["rule"] as? String)?.hasSuffix("/AdminProtection_URIPATH") == true })
    #expect(admin["ended"] as? Int == 0)
    #expect((admin["counted"] as? Int ?? 0) > 0)
  }

  @Test func colours() throws {
    let forced = try Demo.wafcast(Self.demo, environment: ["CLICOLOR_FORCE": "1"])
    #expect(forced.text.contains("\u{1B}["))
    let refused = try Demo.wafcast(
      Self.demo, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"])
    #expect(!refused.text.contains("\u{1B}"))
  }

  @Test func anotherCure() throws {
    let run = try Demo.wafcast(Self.demo + ["--cure", "NoUserAgent_HEADER"])
    #expect(run.status == 0)
    #expect(run.text.contains(#"{ "Name": "NoUserAgent_HEADER", "ActionToUse""#))
  }

  /// The number of workers leaves no trace.
  @Test(arguments: [["--format", "json"], ["--format", "text"]])
  func workers(format: [String]) throws {
    let place = try TemporaryDirectory()
    var outputs: [[UInt8]] = []
    var predictions: [Data] = []
    for workers in ["1", "4"] {
      let file = place.path + "/predicted-\(workers)"
      let run = try Demo.wafcast(
        Self.demo + format + ["--workers", workers, "--output", file])
      #expect(run.status == 0)
      // The stamp holds the command line, in which the name of the output differs.
      let text = run.text.split(separator: "\n").filter { !$0.contains("predicted-") }
        .joined(separator: "\n")
      outputs.append(Array(text.utf8))
      predictions.append(try Data(contentsOf: URL(fileURLWithPath: file)))
    }
    #expect(outputs[0] == outputs[1])
    #expect(predictions[0] == predictions[1])
    #expect(predictions[0].split(separator: 0x0A).count == 428)
  }

  @Test func predictedRecordsOnStandardOutput() throws {
    let run = try Demo.wafcast(Self.demo + ["--output", "-"])
    #expect(run.status == 0)
    let lines = run.output.split(separator: 0x0A)
    #expect(lines.count == 428)
    for line in lines {
      let record = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      #expect((record?["wafcast"] as? [String: Any])?["certainty"] != nil)
    }
    #expect(run.errors.contains("AdminProtection_URIPATH"), "the report is on standard error")
    #expect(!run.text.contains("sessionid="), "cookies are masked")
  }

  @Test func anInputIsNeverOverwritten() throws {
    let place = try TemporaryDirectory()
    let traffic = try place.write("traffic.ndjson", Demo.record("/"))
    for option in ["--output", "--rejects"] {
      let run = try Demo.wafcast(
        ["replay", Demo.webACL, traffic, option, traffic] + Demo.documents)
      #expect(run.status == 2)
      #expect(run.errors.contains("would be overwritten"))
    }
    #expect(try String(contentsOfFile: traffic, encoding: .utf8) == Demo.record("/"))
  }

  @Test func outputAndRejectsNeedFilesOfTheirOwn() throws {
    let place = try TemporaryDirectory()
    let run = try Demo.wafcast(
      Self.demo + ["--output", place.path + "/x", "--rejects", place.path + "/x"])
    #expect(run.status == 2)
    #expect(run.errors.contains("can't both be written"))
  }

  /// A misspelt assumption would change nothing, in silence.
  @Test func anAssumptionThatFitsNothingIsReported() throws {
    let group = "AWSManagedRulesCommonRuleSet"
    let right = try Demo.wafcast(Self.demo + ["--assume", "\(group)/CrossSite*=unknown"])
    #expect(right.errors.isEmpty)
    let wrong = try Demo.wafcast(Self.demo + ["--assume", "\(group)/NoUserAgent_HEADERS=no-match"])
    #expect(wrong.status == 0)
    #expect(wrong.errors.contains("warning[idle-assumption]"))
    #expect(wrong.errors.contains("did you mean '\(group)/NoUserAgent_HEADER'?"))
  }

  /// The misspelt override goes, as it does nothing, and the one that works takes its place.
  @Test func theCureOfAMisspeltOverride() throws {
    let place = try TemporaryDirectory()
    let text = try String(contentsOfFile: Demo.withExclusion, encoding: .utf8)
    #expect(text.contains("AdminProtection_URIPATH"))
    let webACL = try place.write(
      "acl.json", text.replacing("AdminProtection_URIPATH", with: "AdminProtection_URIPath"))
    let run = try Demo.wafcast(
      ["replay", webACL, "-"] + Demo.documents, input: Demo.record("/admin"))
    #expect(run.errors.contains("did you mean 'AdminProtection_URIPATH'?"))
    #expect(run.text.contains("let this be the RuleActionOverrides member of"))
    #expect(
      run.text.contains(#"{ "Name": "AdminProtection_URIPATH", "ActionToUse": { "Count": {} } }"#))
    #expect(!run.text.contains(#""AdminProtection_URIPath""#))
  }

  @Test func maxIndeterminate() throws {
    let json = try Demo.wafcast(Self.demo + ["--format", "json"])
    let report = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
    let outcomes = report?["outcomes"] as? [String: Any]
    let count = try #require(outcomes?["indeterminate"] as? Int)
    let cases: [(String, Int32)] = [
      ("0", 3), ("0%", 3), ("100%", 0), ("\(count)", 0), ("\(count - 1)", 3),
    ]
    for (limit, status) in cases {
      let run = try Demo.wafcast(Self.demo + ["--max-indeterminate", limit])
      #expect(run.status == status, "\(limit)")
      #expect(run.text.contains("Blocked by"), "the report comes before the exit code")
      #expect(run.errors.contains("indeterminate") == (status == 3))
    }
  }

  // MARK: Broken input

  @Test func emptyInput() throws {
    let run = try Demo.wafcast(["replay", Demo.webACL, "-"] + Demo.documents)
    #expect(run.status == 2)
    #expect(run.text.contains("The recording holds no request."))
    #expect(run.errors.contains("no request could be read"))
  }

  @Test(arguments: ["\u{0}\u{1}\u{2}", "not json", "[]", "{", "{}{}", "{\"httpRequest\": 1}"])
  func nothingReadable(input: String) throws {
    let run = try Demo.wafcast(["replay", Demo.webACL, "-"] + Demo.documents, input: input)
    #expect(run.status == 2)
    #expect(run.errors.contains("no request could be read"))
  }

  @Test func rejectsAreCountedSampledAndWritten() throws {
    let place = try TemporaryDirectory()
    let traffic = try place.write(
      "traffic", Demo.record("/a") + "\n{\"bad\" \u{1B}[31m}\n" + Demo.record("/b") + "{\"trunc")
    let rejects = place.path + "/rejects"
    let arguments = ["replay", Demo.webACL, traffic, "--rejects", rejects] + Demo.documents
    let run = try Demo.wafcast(arguments)
    #expect(run.status == 2, "half of the records is more than 10 %")
    #expect(run.text.contains("could not be read"))
    #expect(!run.text.contains("\u{1B}"))
    let lines = try String(contentsOfFile: rejects, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      let reject = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(reject?["input"] as? String == traffic)
      #expect(reject?["code"] is String && reject?["offset"] is Int)
    }
    let lenient = try Demo.wafcast(arguments + ["--max-rejects", "50"])
    #expect(lenient.status == 0)
  }

  @Test func aLineOfTwentyMegabytes() throws {
    let place = try TemporaryDirectory()
    let long = String(repeating: "a", count: 20_000_000)
    let traffic = try place.write(
      "traffic", Demo.record("/a") + "\n" + Demo.record("/" + long) + "\n" + Demo.record("/b"))
    let arguments = ["replay", Demo.webACL, traffic, "--max-rejects", "50"] + Demo.documents
    let run = try Demo.wafcast(arguments)
    #expect(run.status == 0)
    #expect(run.text.contains("against 2 recorded requests"))
    #expect(run.text.contains("record-too-large"))
    let larger = try Demo.wafcast(arguments + ["--max-record", "33554432"])
    #expect(larger.status == 0)
    #expect(larger.text.contains("against 3 recorded requests"))
  }

  @Test func anUnreadableInputIsNotSkippedInSilence() throws {
    let place = try TemporaryDirectory()
    let good = try place.write("good", Demo.record("/a"))
    let zip = try place.write("bad.zip", [0x50, 0x4B, 0x03, 0x04, 0, 0, 0, 0, 0])
    let run = try Demo.wafcast(["replay", Demo.webACL, zip, good] + Demo.documents)
    #expect(run.status == 2)
    #expect(run.errors.contains("unpack it first"))
    #expect(run.text.contains("against 1 recorded request"), "the rest is still reported")
  }

  @Test func aClosedPipeEndsQuietly() throws {
    for extra in [[], ["--output", "-"], ["--format", "json"]] {
      let run = try Demo.wafcast(Self.demo + extra, closesOutput: true)
      #expect(run.status == 0)
      #expect(!run.errors.contains("rror"), "\(run.errors)")
    }
    let explain = try Demo.wafcast(
      ["explain", Demo.webACL, "--uri", "/"] + Demo.documents, closesOutput: true)
    #expect(explain.status == 0)
  }

  // MARK: Documents

  @Test func brokenDocumentsNameTheirPlace() throws {
    let place = try TemporaryDirectory()
    let file = try place.write(
      "acl.json", "{\"Name\": \"x\",\n  \"DefaultAction\": {\"Alow\": {}}}")
    let run = try Demo.wafcast(["replay", file, Demo.requests])
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("acl.json:2:"))
    #expect(run.errors.contains("did you mean 'Allow'?"))
  }

  @Test func aMisspeltOverrideIsReported() throws {
    let place = try TemporaryDirectory()
    let source = try String(
      contentsOf: packageRoot.appendingPathComponent(Demo.withExclusion), encoding: .utf8)
    let misspelt = source.replacing(
      "\"AdminProtection_URIPATH\"", with: "\"AdminProtection_UriPath\"")
    #expect(misspelt != source)
    let file = try place.write("acl.json", misspelt)
    let run = try Demo.wafcast(["replay", file, Demo.requests] + Demo.documents)
    #expect(run.status == 0)
    #expect(run.errors.contains("warning"))
    #expect(run.errors.contains("did you mean 'AdminProtection_URIPATH'?"))
    #expect(run.text.contains("will be blocked (403) by AdminProtection_URIPATH"))
    let quiet = try Demo.wafcast(["replay", file, Demo.requests, "--quiet"] + Demo.documents)
    #expect(quiet.errors.isEmpty)
  }
}
