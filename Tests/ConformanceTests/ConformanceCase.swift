import Foundation
import Testing

/// One case of `corpora/conformance`; the format is described in its README.
struct ConformanceCase: CustomTestStringConvertible, Sendable {
  var file: String
  var name: String
  var acl: JSONValue
  var documents: [JSONValue]
  var request: JSONValue?
  var options: [String: JSONValue]
  var expect: JSONValue?
  var diagnostics: [String]

  var testDescription: String { "\(file): \(name)" }

  static let fileMembers: Set<String> = [
    "title", "aclDefaults", "ruleDefaults", "requestDefaults", "documents", "options", "cases",
  ]
  static let caseMembers: Set<String> = [
    "name", "claim", "tag", "source", "acl", "rules", "statement", "documents", "options",
    "request", "expect", "diagnostics",
  ]
  static let optionMembers: Set<String> = [
    "searchString", "resourceType", "assume", "allowUnknown", "strict", "lenient",
  ]
  static let tags: Set<String> = ["documented", "observed", "inferred"]

  static let directory = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "corpora/conformance")

  /// Tables with runners of their own.
  private static let tables: Set<String> = ["transformations.json", "wcu.json"]

  /// All cases of all files, in the order of file names.
  static func all() throws -> [ConformanceCase] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
      .filter { $0.hasSuffix(".json") && !tables.contains($0) }
      .flatMap(cases(inFile:))
  }

  private static func cases(inFile file: String) throws -> [ConformanceCase] {
    let content = try JSONValue(parsing: Data(contentsOf: directory.appending(path: file)))
    try check(content.members.keys, against: fileMembers, in: file)
    return try (content["cases"]?.elements ?? []).map { entry in
      let name = entry["name"]?.text ?? "?"
      try check(entry.members.keys, against: caseMembers, in: "\(file): \(name)")
      guard tags.contains(entry["tag"]?.text ?? ""), entry["claim"] != nil,
        entry["source"] != nil
      else { throw CaseProblem("\(file): \(name): claim, tag or source is missing") }
      let ruleDefaults = content["ruleDefaults"] ?? .object([:])
      let options = (content["options"] ?? .object([:])).members
        .merging((entry["options"] ?? .object([:])).members) { $1 }
      try check(options.keys, against: optionMembers, in: "\(file): \(name): options")
      return ConformanceCase(
        file: file, name: name,
        acl: try acl(of: entry, content["aclDefaults"] ?? .object([:]), ruleDefaults),
        documents: ((content["documents"]?.elements ?? []) + (entry["documents"]?.elements ?? []))
          .map { document($0, ruleDefaults) },
        request: entry["request"].map {
          (content["requestDefaults"] ?? .object([:])).merged(with: expanded($0))
        } ?? content["requestDefaults"],
        options: options, expect: entry["expect"],
        diagnostics: (entry["diagnostics"]?.elements ?? []).compactMap(\.text))
    }
  }

  private static func check(
    _ keys: some Sequence<String>, against known: Set<String>, in place: String
  ) throws {
    for key in keys where !known.contains(key) {
      throw CaseProblem("\(place): unknown member '\(key)'")
    }
  }

  private static func acl(
    of entry: JSONValue, _ defaults: JSONValue, _ ruleDefaults: JSONValue
  ) throws -> JSONValue {
    let given = ["acl", "rules", "statement"].filter { entry[$0] != nil }
    guard given.count == 1 else {
      throw CaseProblem("\(entry["name"]?.text ?? "?"): one of acl, rules, statement")
    }
    if let acl = entry["acl"] {
      guard let inner = acl["WebACL"] else { return completed(acl, defaults, ruleDefaults) }
      var outer = acl
      outer["WebACL"] = completed(inner, defaults, ruleDefaults)
      return outer
    }
    let rules =
      entry["rules"]
      ?? .array([
        .object([
          "Name": .string("rule"), "Priority": .number("0"),
          "Action": .object(["Block": .object([:])]), "Statement": entry["statement"] ?? .null,
        ])
      ])
    return completed(.object(["Rules": rules]), defaults, ruleDefaults)
  }

  private static func completed(
    _ acl: JSONValue, _ defaults: JSONValue, _ ruleDefaults: JSONValue
  ) -> JSONValue {
    var result = acl.members.merging(defaults.members) { own, _ in own }
    if case .array(let rules)? = result["Rules"] {
      result["Rules"] = .array(rules.map { withDefaults($0, ruleDefaults) })
    }
    return .object(result)
  }

  private static func document(_ document: JSONValue, _ ruleDefaults: JSONValue) -> JSONValue {
    guard case .array(let rules)? = document["RuleGroup"]?["Rules"] else { return document }
    var result = document
    var group = document["RuleGroup"] ?? .object([:])
    group["Rules"] = .array(rules.map { withDefaults($0, ruleDefaults) })
    result["RuleGroup"] = group
    return result
  }

  private static func withDefaults(_ rule: JSONValue, _ defaults: JSONValue) -> JSONValue {
    guard case .object(let members) = rule else { return rule }
    return .object(members.merging(defaults.members) { own, _ in own })
  }

  /// Replaces `$repeat` and `$concat` objects by the strings that they stand for.
  private static func expanded(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map(expanded))
    case .object(let members):
      if let unit = members["$repeat"], case .number(let times)? = members["times"] {
        return .string(String(repeating: expanded(unit).text ?? "", count: Int(times) ?? 0))
      }
      if let parts = members["$concat"] {
        return .string(parts.elements.map { expanded($0).text ?? "" }.joined())
      }
      return .object(members.mapValues(expanded))
    case .null, .bool, .number, .string: return value
    }
  }
}

/// Something wrong with a case file.
struct CaseProblem: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
