import Diagnostics
package import DocumentTree

extension ManagedVersion: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard let text = String(reading: cursor, in: context) else { return nil }
    guard let version = ManagedVersion(text) else {
      context.error(
        "invalid-version", "a version reads like 'Version_1.23'", at: cursor.pointer)
      return nil
    }
    self = version
  }
}

extension KnownVersion: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let number: ManagedVersion? = object.required("Name")
    let date: String? = object.optional("Date")
    let changes: String? = object.required("Changes")
    object.finish()
    guard !object.isBroken, let number, let changes else { return nil }
    self.init(number: number, date: date, changes: changes)
  }
}

extension VersionSpan: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let from: ManagedVersion? = object.optional("From")
    let before: ManagedVersion? = object.optional("Before")
    object.finish()
    guard !object.isBroken else { return nil }
    if from == nil && before == nil || from.flatMap({ from in before.map { $0 <= from } }) == true {
      context.error(
        "invalid-version", "a span has a 'From' that comes before its 'Before', or one of them",
        at: cursor.pointer)
      return nil
    }
    self.init(from: from, before: before)
  }
}

extension RetiredRule: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name: String? = object.required("Name")
    let note: String? = object.required("Note")
    object.finish()
    guard !object.isBroken, let name, let note else { return nil }
    self.init(name: name, note: note)
  }
}
