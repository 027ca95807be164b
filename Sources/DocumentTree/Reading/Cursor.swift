package import Diagnostics

/// A node and the way to it.
package struct Cursor: Sendable {
  /// The node.
  package let node: Node
  /// The way to it from the document's root.
  package let pointer: JSONPointer

  /// Creates a cursor.
  package init(_ node: Node, at pointer: JSONPointer = .root) {
    self.node = node
    self.pointer = pointer
  }

  /// The cursor to a value of the object.
  func member(_ member: Node.Member) -> Cursor {
    Cursor(member.value, at: pointer.appending(member.key))
  }

  /// The cursors to the elements of an array; `nil` for anything else.
  package var elements: [Cursor]? {
    node.elements?.enumerated().map { Cursor($1, at: pointer.appending($0)) }
  }

  /// The name under which the value stands, in quotes, for messages.
  package var name: String {
    guard let last = pointer.components.last else { return "the document" }
    guard Int(last) != nil else { return "'\(last)'" }
    let container = pointer.components.dropLast().last { Int($0) == nil }
    return container.map { "an element of '\($0)'" } ?? "the element"
  }
}
