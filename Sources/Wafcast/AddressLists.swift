import Bytes
import Diagnostics
import Foundation
import ManagedRules
import WAFCompiler

/// Reads the files of `LoadOptions.ipLists`.
struct AddressListReader {
  let catalogue: RulesetCatalogue
  private(set) var lists: [ManagedAddressList] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// For the stamp: the rule and the digest of the file.
  private(set) var stamps: [String] = []

  init(_ texts: [String], catalogue: RulesetCatalogue, sources: inout SourceMap) {
    self.catalogue = catalogue
    for text in texts { read(text, &sources) }
  }

  private mutating func read(_ text: String, _ sources: inout SourceMap) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
      diagnostics.append(
        .error("invalid-ip-list", "'\(text)' has not the form RULE=FILE or GROUP/RULE=FILE"))
      return
    }
    guard let (group, rule) = rule(String(sides[0])) else { return }
    let file = String(sides[1])
    guard let data = FileManager.default.contents(atPath: file) else {
      diagnostics.append(
        .error("unreadable-file", "the file can't be read", at: Place(file: file)))
      return
    }
    let bytes = [UInt8](data)
    sources.add(file: file, bytes: bytes)
    var hash = SHA256()
    hash.update(bytes)
    stamps.append("ip-list \(group)/\(rule) \(hash.hexDigest().prefix(16))")
    lists.append(
      ManagedAddressList(
        group: group, rule: rule, file: file, bytes: bytes, diagnostics: &diagnostics))
  }

  // MARK: Rules

  private mutating func rule(_ text: String) -> (group: String, rule: String)? {
    let names = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let (group, name) = names.count == 2 ? (String(names[0]), String(names[1])) : (nil, text)
    let all = catalogue.groups.flatMap { group in group.rules.map { (group.name, $0) } }
    let found = all.filter { $0.1.name == name && (group ?? $0.0) == $0.0 }
    let groups = Set(found.map(\.0)).sorted()
    guard let first = groups.first else {
      let known = all.map { group == nil ? $0.1.name : "\($0.0)/\($0.1.name)" }
      diagnostics.append(
        .error(
          "unknown-rule", "--ip-list: no managed rule is called '\(text)'",
          suggestion: didYouMean(text, among: known)))
      return nil
    }
    guard groups.count == 1 else {
      diagnostics.append(
        .error(
          "ambiguous-rule", "--ip-list: several groups have a rule '\(text)'",
          notes: groups.map { "\($0)/\(name)=FILE" }))
      return nil
    }
    let isModelled = found.contains { rule in
      if case .branches = rule.1.model { true } else { false }
    }
    guard !isModelled else {
      diagnostics.append(
        .error(
          "modelled-rule",
          "--ip-list: '\(text)' does not look at addresses alone; a list can't stand in for it"))
      return nil
    }
    return (first, name)
  }
}
