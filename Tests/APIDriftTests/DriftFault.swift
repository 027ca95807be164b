import Diagnostics
import DocumentTree
import WAFModel

/// The documents that wafcast reads.
enum DriftRoot: String, CaseIterable, Sendable {
  case webACL = "WebACL"
  case ruleGroup = "RuleGroup"
  case ipSet = "IPSet"
  case regexPatternSet = "RegexPatternSet"

  /// What is wrong with how a document is read, strictly, and written again; `nil` where it comes
  /// back as it was.
  func fault(_ node: Node) -> DriftFault? {
    let context = ReadingContext(
      file: "\(rawValue).json", features: [.strict, .base64SearchStrings])
    let cursor = Cursor(node)
    let written: Node? =
      switch self {
      case .webACL: WebACL(reading: cursor, in: context)?.node()
      case .ruleGroup: RuleGroup(reading: cursor, in: context)?.node()
      case .ipSet: IPSet(reading: cursor, in: context)?.node()
      case .regexPatternSet: RegexPatternSet(reading: cursor, in: context)?.node()
      }
    guard context.diagnostics.isEmpty, written?.sorted == node.sorted else {
      return DriftFault(diagnostics: context.diagnostics)
    }
    return nil
  }
}

/// A document that does not come back as it was.
struct DriftFault: CustomStringConvertible {
  var diagnostics: [Diagnostic]

  var description: String {
    guard !diagnostics.isEmpty else {
      return "read without a diagnostic, but not written as it was read"
    }
    return diagnostics.map { "\($0.place?.pointer.description ?? ""): \($0.message)" }
      .joined(separator: "; ")
  }

  /// Whether it is about a member itself, not about what stands in it.
  ///
  /// - Parameter depth: the number of components of the member's pointer.
  func isAboutMember(depth: Int) -> Bool {
    diagnostics.isEmpty
      || diagnostics.contains {
        $0.place?.focus == .key && $0.place?.pointer.components.count == depth
      }
  }
}

extension Node {
  /// The value with the members of each object sorted: JSON objects have no order.
  fileprivate var sorted: Node {
    switch kind {
    case .object(let members):
      Node(
        .object(
          members.map { Member(key: $0.key, value: $0.value.sorted) }
            .sorted { $0.key < $1.key }))
    case .array(let elements): Node(.array(elements.map(\.sorted)))
    case .string, .number, .bool, .null: Node(kind)
    }
  }
}
