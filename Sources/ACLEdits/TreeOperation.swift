import Diagnostics
import DocumentTree

/// One change of a document: the same for its text and for its tree.
enum TreeOperation: Hashable {
  /// Puts a value in the place of another.
  case replace(JSONPointer, with: Node)
  case insertMember(Node.Member, into: JSONPointer, at: Int)
  case insertElement(Node, into: JSONPointer, at: Int)
  /// Takes a member or an element away.
  case remove(JSONPointer)

  /// The value that is changed, or in which something is changed.
  var pointer: JSONPointer {
    switch self {
    case .replace(let pointer, _), .insertMember(_, let pointer, _),
      .insertElement(_, let pointer, _), .remove(let pointer):
      pointer
    }
  }
}

extension Node {
  /// The tree after an operation; the same where there is no such place.
  func applying(_ operation: TreeOperation) -> Node {
    switch operation {
    case .replace(let pointer, let value):
      changing(pointer.components[...]) { _ in value }
    case .insertMember(let member, let pointer, let index):
      changing(pointer.components[...]) { node in
        guard var members = node.members, index <= members.count else { return node }
        members.insert(member, at: index)
        return Node(.object(members))
      }
    case .insertElement(let element, let pointer, let index):
      changing(pointer.components[...]) { node in
        guard var elements = node.elements, index <= elements.count else { return node }
        elements.insert(element, at: index)
        return Node(.array(elements))
      }
    case .remove(let pointer):
      changing(pointer.parent.components[...]) { node in
        guard let name = pointer.components.last, let index = node.index(of: name) else {
          return node
        }
        if var members = node.members {
          members.remove(at: index)
          return Node(.object(members))
        }
        var elements = node.elements ?? []
        elements.remove(at: index)
        return Node(.array(elements))
      }
    }
  }

  private func changing(_ path: ArraySlice<String>, _ change: (Node) -> Node) -> Node {
    guard let name = path.first else { return change(self) }
    guard let index = index(of: name) else { return self }
    if var members {
      members[index].value = members[index].value.changing(path.dropFirst(), change)
      return Node(.object(members))
    }
    guard var elements else { return self }
    elements[index] = elements[index].changing(path.dropFirst(), change)
    return Node(.array(elements))
  }

  /// Where a container has what a pointer's component leads to.
  func index(of component: String) -> Int? {
    if let members { return members.firstIndex { $0.key == component } }
    guard let elements, let index = Int(component), elements.indices.contains(index) else {
      return nil
    }
    return index
  }

  /// The bytes of what a container has, keys included.
  ///
  /// - Returns: nil where an alias of YAML, whose bytes are elsewhere, is among it.
  var itemSpans: [Range<Int>]? {
    var spans: [Range<Int>] = []
    let starts = members?.map(\.keyRange.lowerBound) ?? elements?.map(\.range.lowerBound) ?? []
    let values = members?.map(\.value.range) ?? elements?.map(\.range) ?? []
    var last = range.lowerBound
    for (start, value) in zip(starts, values) {
      guard start >= last, value.lowerBound >= start, value.upperBound <= range.upperBound else {
        return nil
      }
      spans.append(start..<value.upperBound)
      last = value.upperBound
    }
    return spans
  }

  /// How many containers lie in one another; 0 for a scalar.
  var height: Int {
    switch kind {
    case .object(let members): 1 + (members.map(\.value.height).max() ?? 0)
    case .array(let elements): 1 + (elements.map(\.height).max() ?? 0)
    case .string, .number, .bool, .null: 0
    }
  }

  /// Whether the node is an object or an array with something in it.
  var isFilled: Bool { !(members?.isEmpty ?? true) || !(elements?.isEmpty ?? true) }

  /// The place behind the first of some members that is there; the end without any.
  func index(after names: [String]) -> Int {
    for name in names {
      if let index = index(of: name) { return index + 1 }
    }
    return members?.count ?? 0
  }
}
