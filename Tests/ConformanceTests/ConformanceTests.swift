import Foundation
import PredictedRecords
import TestSupport
import Testing
import WAFEngine
import WAFProgram
import WAFRequests
import WAFTraffic
import Wafcast

/// Runs the cases of `corpora/conformance` through the library: documents from files, the request
/// through the decoder of recorded traffic, the prediction as a log record.
@Suite struct ConformanceTests {
  @Test func casesAreThereAndHaveNamesOfTheirOwn() throws {
    let names = try ConformanceCase.all().map(\.name)
    #expect(names.count > 1500)
    let repeated = Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys.sorted()
    #expect(repeated == [])
  }

  @Test(arguments: try ConformanceCase.all())
  func predictedRecordIsAsClaimed(_ item: ConformanceCase) throws {
    let directory = try TemporaryDirectory()
    let aclFile = try directory.write("acl.json", item.acl.description)
    var others: [String] = []
    for (index, document) in item.documents.enumerated() {
      others.append(try directory.write("document-\(index).json", document.description))
    }
    let acl: CompiledWebACL
    do throws(LoadFailure) {
      acl = try loadWebACL(aclFile, with: others, options: try item.loadOptions())
    } catch {
      guard case .invalid(let diagnostics, let sources) = error else { return }
      #expect(
        item.expect == nil,
        "does not load: \(diagnostics.map(sources.render).joined(separator: "\n"))")
      expect(item.diagnostics, among: diagnostics.map(\.code))
      return
    }
    expect(item.diagnostics, among: acl.diagnostics.map(\.code))
    guard let expected = item.expect else {
      Issue.record("loads, but should be refused")
      return
    }
    let record = try predictedRecord(acl, request: item.request ?? .object([:]))
    let found = differences(actual: record, expected: expected)
    #expect(found == [], "\(record)")
  }

  private func expect(_ wanted: [String], among actual: [String]) {
    let missing = wanted.filter { !actual.contains($0) }
    #expect(missing == [], "found \(actual)")
  }

  private func predictedRecord(
    _ acl: CompiledWebACL, request: JSONValue
  ) throws -> JSONValue {
    var record = RequestRecord()
    try WAFLogDecoder().decode(
      Array(request.description.utf8).span, position: RecordPosition(), into: &record)
    var evaluator = Evaluator(acl.program)
    let verdict = evaluator.evaluate(record)
    var details = VerdictDetails()
    evaluator.copyDetails(for: verdict, into: &details)
    evaluator.noteMatchDetails(for: verdict, record, into: &details)
    var writer = PredictedRecordWriter(acl.program, masksSecrets: false)
    var line: [UInt8] = []
    writer.append(
      record, verdict, details, needs: evaluator.needs(for: verdict, record), to: &line)
    return try JSONValue(parsing: line)
  }
}

extension ConformanceCase {
  /// The options of the case as those of the library.
  ///
  /// Search strings are plain unless it says so.
  func loadOptions() throws(LoadFailure) -> LoadOptions {
    var result = LoadOptions(searchString: .plain)
    if let text = options["searchString"]?.text {
      result.searchString = SearchStringMode(rawValue: text) ?? .plain
    }
    result.resourceType = options["resourceType"]?.text.flatMap { ResourceType(rawValue: $0) }
    result.assumptions = (options["assume"]?.elements ?? []).compactMap(\.text)
    result.allowUnknown = options["allowUnknown"] == .bool(true)
    result.strict = options["strict"] == .bool(true)
    result.lenient = options["lenient"] == .bool(true)
    return result
  }
}
