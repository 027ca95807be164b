import Diagnostics
import DocumentTree
import ManagedRules
import Testing
import WAFCapacity
import WAFModel

/// The worked examples of `corpora/conformance/wcu.json`.
@Suite struct WorkedExampleTests {
  struct Example: CustomTestStringConvertible {
    var testDescription: String
    var rules: [Rule]
    var expected: Capacity
    /// Whether the example speaks about the labels alone.
    var countsLabels: Bool

    init(_ node: Node) throws {
      testDescription = node["case"]?.text ?? "?"
      let members = Set(node.members?.map(\.key) ?? [])
      guard
        members.isSubset(of: ["case", "wcu", "upper_bound", "status", "rules", "counts"]),
        ["documented", "observed", "inferred"].contains(node["status"]?.text ?? ""),
        [nil, "labels"].contains(node["counts"]?.text), let wcu = node["wcu"]?.integer
      else { throw WCUTable.Problem(text: "\(testDescription): an unknown or missing member") }
      expected = Capacity(estimate: wcu, upperBound: node["upper_bound"]?.integer ?? wcu)
      countsLabels = node["counts"] != nil
      let context = ReadingContext(file: "wcu.json", features: [.strict, .base64SearchStrings])
      rules = (node["rules"]?.elements ?? []).compactMap {
        Rule(reading: Cursor($0), in: context)
      }
      guard context.diagnostics.isEmpty, !rules.isEmpty else {
        throw WCUTable.Problem(text: "\(testDescription): \(context.diagnostics)")
      }
    }
  }

  static func examples() throws -> [Example] {
    try (WCUTable().root["worked_examples"]?.elements ?? []).map { try Example($0) }
  }

  @Test(arguments: try examples())
  func holds(_ example: Example) {
    for subject in CapacityEstimate.Subject.allCases {
      let estimate =
        switch subject {
        case .webACL:
          CapacityEstimate(
            of: Samples.webACL(example.rules), bundle: DocumentBundle(),
            catalogue: RulesetCatalogue())
        case .ruleGroup: CapacityEstimate(of: Samples.ruleGroup(example.rules, capacity: nil))
        }
      #expect(
        (example.countsLabels ? estimate.labels?.capacity : estimate.capacity)
          == example.expected)
      #expect(!estimate.isAtLeast)
    }
  }

  @Test func thereAreExamples() throws {
    #expect(try Self.examples().count == 12)
  }
}
