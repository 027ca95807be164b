import DocumentTree

/// One change of a document: the same for its text and for its tree.
enum TreeOperation {
  /// Puts a value in the place of another, or adds a member to an object.
  case set(TreePath, Node)
  /// Adds an element to the end of an array.
  case append(TreePath, Node)
  /// Takes a member or an element away.
  case remove(TreePath)
}

/// A way from the root of a document.
struct TreePath: Hashable {
  enum Step: Hashable {
    case key(String)
    case index(Int)
  }

  var steps: [Step]

  init(_ steps: [Step] = []) { self.steps = steps }

  func key(_ name: String) -> TreePath { TreePath(steps + [.key(name)]) }
  func index(_ index: Int) -> TreePath { TreePath(steps + [.index(index)]) }
  var parent: TreePath { TreePath(Array(steps.dropLast())) }
}

extension Node {
  /// The value at the end of a path.
  func value(at path: TreePath) -> Node? {
    var current = self
    for step in path.steps {
      switch step {
      case .key(let name):
        guard let next = current[name] else { return nil }
        current = next
      case .index(let index):
        guard let elements = current.elements, elements.indices.contains(index) else { return nil }
        current = elements[index]
      }
    }
    return current
  }

  /// The tree after an operation.
  func applying(_ operation: TreeOperation) -> Node {
    switch operation {
    case .set(let path, let value): changing(path.steps[...], to: value)
    case .append(let path, let value):
      changing(
        path.steps[...], to: Node(.array((self.value(at: path)?.elements ?? []) + [value])))
    case .remove(let path): changing(path.steps[...], to: nil)
    }
  }

  private func changing(_ steps: ArraySlice<TreePath.Step>, to value: Node?) -> Node {
    guard let step = steps.first else { return value ?? self }
    let rest = steps.dropFirst()
    switch (step, kind) {
    case (.key(let name), .object(var members)):
      if let index = members.firstIndex(where: { $0.key == name }) {
        if rest.isEmpty, value == nil {
          members.remove(at: index)
        } else {
          members[index].value = members[index].value.changing(rest, to: value)
        }
      } else if rest.isEmpty, let value {
        members.append(Member(key: name, value: value))
      }
      return Node(.object(members))
    case (.index(let index), .array(var elements)) where elements.indices.contains(index):
      if rest.isEmpty, value == nil {
        elements.remove(at: index)
      } else {
        elements[index] = elements[index].changing(rest, to: value)
      }
      return Node(.array(elements))
    default: return self
    }
  }
}
