package import Diagnostics
import DocumentTree
import Foundation
package import ManagedRules
package import WAFDocuments

/// Makes changes to the document of a web ACL, as text.
///
/// Everything that is not touched keeps its bytes, and what is put in is laid out as the document
/// is. The changed text is then loaded like any other: there is one way through.
package struct ACLEditor {
  /// A change that was made.
  package struct Change: Hashable, Sendable {
    /// As the command line had it.
    package var edit: ACLEdit
    /// The edit with the name that it was found to mean, for stamps:
    /// `--exclude common/SizeRestrictions_BODY`.
    package var text: String
    /// What is different, one sentence each without a full stop; empty where nothing is.
    package var effects: [String]
  }

  /// The changes so far.
  package private(set) var changes: [Change] = []
  /// What is worth knowing about the changes so far.
  package internal(set) var warnings: [Diagnostic] = []
  /// The document as it was at first and the files of new rules: what diagnostics point into.
  package internal(set) var sources = SourceMap()

  var document: DocumentText
  private let catalogue: RulesetCatalogue
  private let innerNames: (String) -> [String]?
  let options: LoadingOptions
  let readFile: (String) throws(Diagnostic) -> [UInt8]

  /// - Parameters:
  ///   - bytes: the document of a web ACL, or anything else with rules.
  ///   - file: its name; as for the loader, the extension tells JSON from YAML.
  ///   - catalogue: the managed rule groups whose rules are known.
  ///   - innerNames: the rules of a rule group of one's own by its ARN; nil where it is not here.
  ///   - options: how the document and new rules are read.
  ///   - readFile: reads the file of a new rule.
  /// - Throws: where the document is broken or has no rules.
  package init(
    _ bytes: [UInt8], file: String, catalogue: RulesetCatalogue,
    innerNames: @escaping (String) -> [String]?, options: LoadingOptions = LoadingOptions(),
    readFile: @escaping (String) throws(Diagnostic) -> [UInt8] = Self.contents
  ) throws(Diagnostic) {
    sources.add(file: file, bytes: bytes)
    document = try DocumentText(bytes, file: file)
    let root = document.root
    sources.add(file: file, bytes: bytes) { root.span(of: $0) }
    self.catalogue = catalogue
    self.innerNames = innerNames
    self.options = options
    self.readFile = readFile
    guard ACLShape(of: root) != nil else { throw Self.notAWebACL(file) }
  }

  private static func notAWebACL(_ file: String) -> Diagnostic {
    .error(
      "not-a-web-acl", "the document has no rules that could be changed", at: Place(file: file),
      notes: ["a web ACL, a rule group, a list of rules or one rule is expected"])
  }

  /// Reads a file.
  package static func contents(of path: String) throws(Diagnostic) -> [UInt8] {
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .error(
        "unreadable-file", "the file can't be read", at: Place(file: path))
    }
  }

  /// The document with all changes so far.
  package var bytes: [UInt8] { document.bytes }

  /// Makes changes in their order.
  ///
  /// - Throws: for the first that can't be made; those before it stay.
  package mutating func apply(_ edits: [ACLEdit]) throws(Diagnostic) {
    for edit in edits { try apply(edit) }
  }

  /// Makes a change.
  ///
  /// - Throws: where it can't be made; the document is then as it was.
  package mutating func apply(_ edit: ACLEdit) throws(Diagnostic) {
    var next = self
    do {
      try next.make(edit)
      self = next
    } catch {
      // The error may point into the file of a new rule.
      sources = next.sources
      throw error
    }
  }

  // MARK: Changes

  func shape() throws(Diagnostic) -> ACLShape {
    guard let shape = ACLShape(of: document.root) else { throw Self.notAWebACL(document.file) }
    return shape
  }

  func names(_ shape: ACLShape) -> RuleNames {
    RuleNames(document, shape, catalogue: catalogue, innerNames: innerNames)
  }

  private mutating func make(_ edit: ACLEdit) throws(Diagnostic) {
    switch edit.change {
    case .set(let name, let action):
      let shape = try shape()
      switch try names(shape).target(name, for: edit) {
      case .rule(let index): try setAction(action, ofRule: index, shape, edit)
      case .inner(let rule): try setAction(action, of: rule, edit)
      }
    case .defaultAction(let action): try setDefaultAction(action, edit)
    case .remove(let name): try remove(name, edit)
    case .add(let file, let priority): try add(file, priority, edit)
    }
  }

  /// Notes what was done.
  mutating func note(
    _ edit: ACLEdit, named name: String, _ effects: [String], at pointer: JSONPointer
  ) {
    if effects.isEmpty {
      warnings.append(
        .warning(
          "edit-without-effect", "\(edit.text) changes nothing: it is so already",
          at: document.place(pointer)))
    }
    var typed = edit
    if case .set(_, let action) = edit.change {
      typed.value = edit.option == .set ? "\(name)=\(action.rawValue)" : name
    }
    changes.append(Change(edit: edit, text: typed.text, effects: effects))
  }

  mutating func perform(
    _ operation: TreeOperation, _ edit: ACLEdit
  ) throws(Diagnostic) {
    do throws(DocumentText.Failure) {
      try document.perform(operation)
    } catch {
      let why =
        switch error {
        case .layout: "its layout is unusual here"
        case .aliases: "anchors and aliases are in the way"
        }
      throw .error(
        "edit-failed", "\(edit.text) can't be made in '\(document.file)': \(why)",
        at: document.place(operation.pointer), notes: ["change the document by hand"])
    }
  }
}
