import Foundation
import Testing

/// What the reference states of a managed rule group, as `reference.json` beside the tests has it:
/// names, order, labels, actions, capacity, literals and limits of the developer guide.
struct ReferenceGroup: Decodable, Sendable, CustomTestStringConvertible {
  struct Rule: Decodable, Sendable {
    var name: String
    /// The action without an override.
    var action: String
    /// Left out where it is not spelled out; null where the rule has none.
    var label: String??
    /// Values that the documentation says the rule looks for.
    var documented: [String]?
    /// The documented limit of a size rule.
    var maxBytes: Int?
    /// How many observations of third parties are known.
    var observations: Int?

    private enum Key: String, CodingKey {
      case name, action, label, documented, maxBytes, observations
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      name = try container.decode(String.self, forKey: .name)
      action = try container.decode(String.self, forKey: .action)
      label =
        container.contains(.label)
        ? .some(try container.decode(String?.self, forKey: .label)) : .none
      documented = try container.decodeIfPresent([String].self, forKey: .documented)
      maxBytes = try container.decodeIfPresent(Int.self, forKey: .maxBytes)
      observations = try container.decodeIfPresent(Int.self, forKey: .observations)
    }
  }

  private struct File: Decodable {
    var groups: [ReferenceGroup]
  }

  var name: String
  /// In WCU.
  var capacity: Int
  var labelPrefix: String
  /// The order of the API where it is not that of the documentation; it may lack rules.
  var apiOrder: [String]?
  /// How many observations of the group as a whole are known.
  var observations: Int?
  /// In the order of the documentation.
  var rules: [Rule]

  var testDescription: String { name }

  static let all: [ReferenceGroup] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "reference.json")
    do {
      return try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).groups
    } catch {
      Issue.record("reference.json can't be read: \(error)")
      return []
    }
  }()
}
