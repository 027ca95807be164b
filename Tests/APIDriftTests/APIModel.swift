import Diagnostics
import DocumentTree
import Foundation

/// The description of the wafv2 API that AWS publishes with its libraries: the shapes of all
/// documents.
struct APIModel: Sendable {
  /// Where the description is, as the environment says; empty is the same as not set.
  static let path = ProcessInfo.processInfo.environment["WAFV2_API_MODEL"].flatMap {
    $0.isEmpty ? nil : $0
  }

  private let shapes: [String: Node]

  init(path: String) throws {
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    let node = try JSONParser.parse(bytes, file: path)
    shapes = Dictionary(
      (node["shapes"]?.members ?? []).map { ($0.key, $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  /// A member of a structure.
  struct Member: Sendable {
    var name: String
    var shape: String
  }

  /// What a shape is.
  enum Kind: Sendable {
    /// All members can be set at once.
    case structure(members: [Member], required: Set<String>)
    /// Exactly one member is set.
    case choice(members: [Member])
    case list(element: String)
    case map(key: String, value: String)
    /// A string of a closed set.
    case words([String])
    /// Numbers, the smallest and the largest one that are allowed.
    case numbers([Int])
    case bool
    case string
    case bytes
  }

  /// Structures of which exactly one member is set: the description does not say so.
  private static let choices: Set<String> = [
    "BedrockGuardrails", "CookieMatchPattern", "DefaultAction", "FieldToMatch",
    "FirewallManagerStatement", "HeaderMatchPattern", "JsonMatchPattern", "OverrideAction",
    "RateBasedStatementCustomKey", "ResponseInspection", "RuleAction", "Statement",
  ]

  /// Whether there is a shape of a name.
  func has(_ name: String) -> Bool { shapes[name] != nil }

  /// The members of a structure or choice.
  func members(_ name: String) -> [Member] {
    switch kind(name) {
    case .structure(let members, _), .choice(let members): members
    default: []
    }
  }

  func kind(_ name: String) -> Kind {
    let shape = shapes[name]
    switch shape?["type"]?.text {
    case "structure":
      let members = (shape?["members"]?.members ?? []).compactMap { member in
        member.value["shape"]?.text.map { Member(name: member.key, shape: $0) }
      }
      if Self.choices.contains(name) || shape?["union"]?.kind == .bool(true) {
        return .choice(members: members)
      }
      let required = (shape?["required"]?.elements ?? []).compactMap(\.text)
      return .structure(members: members, required: Set(required))
    case "list": return .list(element: shape?["member"]?["shape"]?.text ?? "")
    case "map":
      return .map(
        key: shape?["key"]?["shape"]?.text ?? "", value: shape?["value"]?["shape"]?.text ?? "")
    case "integer", "long":
      let limits = ["min", "max"].compactMap { limit(name, $0) }
      return .numbers(limits.isEmpty ? [60] : limits)
    case "boolean": return .bool
    case "blob": return .bytes
    default:
      let words = (shape?["enum"]?.elements ?? []).compactMap(\.text)
      return words.isEmpty ? .string : .words(words)
    }
  }

  private func limit(_ name: String, _ which: String) -> Int? {
    guard case .number(let text)? = shapes[name]?[which]?.kind else { return nil }
    return Int(text)
  }

  // MARK: Strings

  private static let samples = [
    "a", "a:", "/a", "1", "192.0.2.0/24", "a description",
    "11111111-2222-3333-4444-555555555555",
    "arn:aws:wafv2:us-east-1:123456789012:global/ipset/a/11111111-2222-3333-4444-555555555555",
    "arn:aws:iam::123456789012:role/a",
    "arn:aws:payments::123456789012:connectedaccount/account-aB3dE6",
    "0x1234567890123456789012345678901234567890",
  ]

  /// A string that the shape allows, or the shortest there is where no sample fits: reading does
  /// not look at lengths and patterns.
  func sample(_ name: String) -> String {
    let lengths = (limit(name, "min") ?? 0)...max(limit(name, "max") ?? .max, 1)
    let pattern = (shapes[name]?["pattern"]?.text).flatMap { try? Regex($0) }
    let fitting = Self.samples.first { sample in
      guard lengths.contains(sample.count) else { return false }
      guard let pattern else { return true }
      return (try? pattern.firstMatch(in: sample)) != nil
    }
    return fitting ?? String(repeating: "a", count: max(1, lengths.lowerBound))
  }
}
