package import Diagnostics
package import DocumentTree
package import Findings

/// Findings that were there when a project began to be checked: they are told but fail nothing.
///
/// A JSON file that `wafcast check --update-baseline` writes and people review;
/// `docs/schemas/baseline.schema.json` describes it. Only the id of an entry counts, the rest is
/// for reading.
package struct Baseline: Hashable, Sendable {
  /// The value of `schema`.
  package static let schema = "wafcast.baseline/1"

  package struct Entry: Hashable, Sendable {
    package var id: String
    package var kind: String
    package var webACL: String
    package var rule: String
    package var route: String
    package var message: String

    /// Its order in the file: by what people look for, so that a new entry is one change.
    fileprivate var key: [String] { [webACL, kind, rule, route, id] }
  }

  /// Sorted, each id once.
  package private(set) var entries: [Entry]

  package init(entries: [Entry] = []) {
    var seen: Set<String> = []
    self.entries = entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .filter { seen.insert($0.id).inserted }
  }

  /// The baseline that accepts what a run found, beside what suppressions cover and what no
  /// baseline keeps.
  package init(accepting findings: [Finding]) {
    self.init(
      entries: findings.compactMap { finding in
        guard finding.kind.canBeInBaseline, finding.acceptance?.source != .suppression else {
          return nil
        }
        return Entry(
          id: finding.id, kind: finding.kind.rawValue, webACL: finding.webACL,
          rule: finding.rule, route: finding.route, message: finding.message)
      })
  }

  package var ids: Set<String> { Set(entries.map(\.id)) }

  /// The file's text, with a line feed at its end.
  package var text: String {
    let list = entries.map { entry in
      var members = MemberList()
      members.add("id", entry.id)
      members.add("kind", entry.kind)
      members.add("webACL", entry.webACL)
      members.add("rule", entry.rule)
      members.add("route", entry.route)
      members.add("message", entry.message)
      return members.node
    }
    var members = MemberList()
    members.add("schema", Self.schema)
    members.add("findings", Node(.array(list)))
    return JSONWriter.pretty(members.node) + "\n"
  }

  /// A baseline, and what is wrong with it.
  package struct Reading: Sendable {
    /// Nil where the file can't be used.
    package var baseline: Baseline?
    package var diagnostics: [Diagnostic]
    package var sources: SourceMap
  }

  /// Reads a file.
  package static func read(_ path: String, in files: ProjectFiles = ProjectFiles()) -> Reading {
    var sources = SourceMap()
    do throws(Diagnostic) {
      let bytes = try files.read(path)
      sources.add(file: path, bytes: bytes)
      let root = try JSONParser.parse(bytes, file: path)
      sources.add(file: path, bytes: bytes) { root.span(of: $0) }
      let context = ReadingContext(file: path, features: .strict)
      let baseline = Baseline(reading: Cursor(root), in: context)
      return Reading(
        baseline: context.hasErrors ? nil : baseline, diagnostics: context.diagnostics,
        sources: sources)
    } catch {
      return Reading(baseline: nil, diagnostics: [error], sources: sources)
    }
  }
}

extension Baseline: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let schema = object.required("schema", as: String.self)
    let entries = object.requiredList("findings", of: Entry.self)
    object.finish()
    guard !object.isBroken else { return nil }
    guard schema == Self.schema else {
      context.error(
        "unknown-value", "this is no baseline that this wafcast reads",
        at: cursor.pointer.appending("schema"), notes: ["its schema is \(Self.schema)"])
      return nil
    }
    self.init(entries: entries)
  }
}

extension Baseline.Entry: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let id = object.required("id", as: String.self)
    kind = object.optional("kind") ?? ""
    webACL = object.optional("webACL") ?? ""
    rule = object.optional("rule") ?? ""
    route = object.optional("route") ?? ""
    message = object.optional("message") ?? ""
    object.finish()
    guard let id, !object.isBroken else { return nil }
    self.id = id
  }
}
