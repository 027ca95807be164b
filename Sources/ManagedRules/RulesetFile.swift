package import Diagnostics
package import DocumentTree
import WAFModel

/// One file of a managed rule group: its bytes, and what was read from them.
package struct RulesetFile: Sendable {
  package let bytes: [UInt8]
  /// `nil` where the file is broken.
  package let group: ManagedRuleGroup?
  package let diagnostics: [Diagnostic]
  /// `nil` where the file is no JSON.
  package let tree: Node?

  /// Reads a file strictly: whatever is not understood is an error.
  package init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    let tree: Node
    do {
      tree = try JSONParser.parse(bytes, file: file)
    } catch {
      self.tree = nil
      group = nil
      diagnostics = [error]
      return
    }
    // Strict, so that a misspelt member can't silently weaken an approximation.
    let context = ReadingContext(
      file: file, features: [.strict, .plainSearchStrings])
    let group = ManagedRuleGroup(reading: Cursor(tree), in: context)
    self.tree = tree
    self.group = context.hasErrors ? nil : group
    diagnostics = context.diagnostics
  }
}
