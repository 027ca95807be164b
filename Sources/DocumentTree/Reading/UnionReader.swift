import Diagnostics

/// Reads an object of which exactly one member may be set.
package struct UnionReader {
  /// The name of the member that is set.
  package let name: String
  /// Its value.
  package let value: Cursor

  /// Finds the one member that is set; `nil`, with a diagnostic, where none or several are.
  ///
  /// - Parameters:
  ///   - what: the union in words, such as `a statement`.
  ///   - names: the names that may be set, for the message.
  package init?(
    _ cursor: Cursor, in context: ReadingContext, what: String, names: @autoclosure () -> [String]
  ) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    var set: [String] = []
    let members = cursor.node.members ?? []
    for index in members.indices
    where !members[index].value.isNull && !set.contains(members[index].key) {
      set.append(members[index].key)
    }
    guard let name = set.first else {
      context.error(
        "empty-union", "\(what) is empty; exactly one member must be set",
        at: cursor.pointer, notes: ["one of \(names().joined(separator: ", "))"])
      return nil
    }
    guard set.count == 1 else {
      let list = set.map { "'\($0)'" }.joined(separator: ", ")
      context.error(
        "several-members", "\(what) has \(set.count) members, exactly one may be set: \(list)",
        at: cursor.pointer)
      return nil
    }
    guard let value = object.value(name) else { return nil }
    self.name = name
    self.value = value
  }
}
