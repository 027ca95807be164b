import Bytes
package import Diagnostics
import DocumentTree
import Foundation

/// The managed rule groups that are known: those in the binary, and those of `--rulesets`.
package struct RulesetCatalogue: Sendable {
  private struct Key: Hashable, Comparable {
    var vendorName: String
    var name: String

    static func < (left: Key, right: Key) -> Bool {
      (left.vendorName, left.name) < (right.vendorName, right.name)
    }
  }

  private enum Entry: Sendable {
    case embedded(EmbeddedRuleset)
    case loaded(ManagedRuleGroup, bytes: [UInt8])

    var group: ManagedRuleGroup? {
      switch self {
      case .embedded(let ruleset): ruleset.content.group
      case .loaded(let group, _): group
      }
    }

    func withBytes(_ body: (Span<UInt8>) -> Void) {
      switch self {
      case .embedded(let ruleset): ruleset.withBytes(body)
      case .loaded(_, let bytes): body(bytes.span)
      }
    }
  }

  private var entries: [Key: Entry] = [:]
  /// Whether the groups are those of the binary and no others.
  private var isAsBundled = false

  /// A catalogue without groups.
  package init() {}

  /// The groups that the binary contains.
  ///
  /// Each is read when it is first asked for. The project's tests read them all, so that none of
  /// them is broken in a release; ``bundledDiagnostics()`` does the same.
  package static func bundled() -> RulesetCatalogue {
    var catalogue = RulesetCatalogue()
    for ruleset in EmbeddedRuleset.all {
      catalogue.entries[Key(vendorName: ruleset.vendorName, name: ruleset.name)] =
        .embedded(ruleset)
    }
    catalogue.isAsBundled = true
    return catalogue
  }

  /// Reads every file that the binary contains and returns what is wrong with them: nothing.
  package static func bundledDiagnostics() -> [Diagnostic] {
    EmbeddedRuleset.all.flatMap { ruleset in
      var found = ruleset.content.diagnostics
      if let group = ruleset.content.group,
        (group.vendorName, group.name) != (ruleset.vendorName, ruleset.name)
      {
        found.append(
          .error(
            "wrong-name", "the file is not named for its group '\(group.name)'",
            at: Place(file: ruleset.file)))
      }
      return found
    }
  }

  /// Adds the groups of a directory's `.json` files, at any depth; one that is there already is
  /// replaced.
  ///
  /// - Parameters:
  ///   - directory: its path.
  ///   - sources: gets each file, so that diagnostics can be printed with their lines.
  /// - Returns: what is wrong. A broken file adds nothing.
  package mutating func load(directory: String, sources: inout SourceMap) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let paths: [String]
    do {
      paths = try FileManager.default.subpathsOfDirectory(atPath: directory)
        .filter { $0.hasSuffix(".json") && !$0.split(separator: "/").contains { $0.first == "." } }
        .sorted()
    } catch {
      return [.error("unreadable-file", "the directory can't be read", at: Place(file: directory))]
    }
    guard !paths.isEmpty else {
      return [
        .error(
          "no-rulesets", "the directory has no managed rule group: no .json file",
          at: Place(file: directory))
      ]
    }
    var origins: [Key: String] = [:]
    for path in paths {
      let file = directory.hasSuffix("/") ? directory + path : directory + "/" + path
      guard let data = FileManager.default.contents(atPath: file) else {
        diagnostics.append(
          .error("unreadable-file", "the file can't be read", at: Place(file: file)))
        continue
      }
      let content = RulesetFile(bytes: Array(data), file: file)
      sources.add(file: file, bytes: content.bytes) { [tree = content.tree] pointer in
        tree?.span(of: pointer)
      }
      diagnostics += content.diagnostics
      guard let group = content.group else { continue }
      let key = Key(vendorName: group.vendorName, name: group.name)
      if let origin = origins[key] {
        diagnostics.append(
          .error(
            "repeated-group", "the group '\(group.name)' is in \(origin) too",
            at: Place(file: file, pointer: JSONPointer(["Name"]))))
        continue
      }
      origins[key] = file
      entries[key] = .loaded(group, bytes: content.bytes)
      isAsBundled = false
    }
    return diagnostics
  }

  /// The group of a vendor and a name, both compared exactly.
  package func group(vendorName: String, name: String) -> ManagedRuleGroup? {
    entries[Key(vendorName: vendorName, name: name)]?.group
  }

  /// The group names of a vendor, sorted: what a misspelt one is compared with.
  package func groupNames(vendorName: String) -> [String] {
    entries.keys.filter { $0.vendorName == vendorName }.map(\.name).sorted()
  }

  /// All groups, by vendor and name.
  package var groups: [ManagedRuleGroup] {
    entries.keys.sorted().compactMap { entries[$0]?.group }
  }

  /// A SHA-256 digest of the data of all groups, for stamps.
  package func digest() -> String {
    isAsBundled ? Self.bundledDigest : computedDigest()
  }

  /// The digest of what the binary contains: it never changes, and a program may load many web ACLs.
  private static let bundledDigest = bundled().computedDigest()

  private func computedDigest() -> String {
    var digest = SHA256()
    for key in entries.keys.sorted() {
      entries[key]?.withBytes { bytes in
        digest.update("\(key.vendorName)/\(key.name) \(bytes.count)\n".utf8)
        digest.update(bytes)
      }
    }
    return digest.hexDigest()
  }
}
