import ACLEdits
import Diagnostics
import ManagedRules
import Testing
import WAFDocuments

/// Edits of a document that is given as text.
struct Trial {
  /// The rules of the rule group of one's own that the documents of the tests refer to.
  static let ownGroup =
    "arn:aws:wafv2:eu-west-1:123456789012:regional/rulegroup/shop-group/4b5f0e2e-1111-2222-3333-444455556666"

  var document: String
  var file = "acl.json"
  /// The files of new rules.
  var files: [String: String] = [:]
  var options = LoadingOptions()

  func editor() throws -> ACLEditor {
    let files = files
    return try ACLEditor(
      Array(document.utf8), file: file, catalogue: .bundled(),
      innerNames: { $0 == Self.ownGroup ? ["deny-list", "allow-list"] : nil }, options: options,
      readFile: { (path) throws(Diagnostic) in
        guard let text = files[path] else { return try ACLEditor.contents(of: path) }
        return Array(text.utf8)
      })
  }

  /// The editor after edits as they are typed.
  func edited(_ typed: [String]) throws -> ACLEditor {
    var editor = try editor()
    try editor.apply(try typed.map(edit(typed:)))
    return editor
  }

  /// The changed text.
  func text(_ typed: String...) throws -> String {
    String(decoding: try edited(typed).bytes, as: UTF8.self)
  }

  /// The error with which edits are refused, as it is printed.
  func refusal(_ typed: [String]) throws -> String {
    var editor = try editor()
    let edits = try typed.map(edit(typed:))
    do throws(Diagnostic) {
      try editor.apply(edits)
    } catch {
      return editor.sources.render(error)
    }
    return "(made)"
  }
}

/// An edit as it is typed: `--set 'a=count'` without the quotes.
func edit(typed text: String) throws -> ACLEdit {
  let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
  let option = try #require(ACLEdit.Option(rawValue: parts[0]))
  switch option {
  case .set: return try .set(parts[1])
  case .exclude: return .exclude(rule: parts[1])
  case .defaultAction: return try .defaultAction(named: parts[1])
  case .remove: return .remove(rule: parts[1])
  case .addRule: return try .add(parts[1])
  }
}
