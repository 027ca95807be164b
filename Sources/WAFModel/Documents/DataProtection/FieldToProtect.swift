package import DocumentTree

/// A component of requests that is hidden.
public struct FieldToProtect: Hashable, Sendable {
  /// Which component.
  public var fieldType: FieldToProtectType
  /// The names of headers, cookies or query arguments, 100 at most; none for the query string and
  /// the body.
  public var fieldKeys: [String]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a field.
  public init(fieldType: FieldToProtectType, fieldKeys: [String] = []) {
    self.fieldType = fieldType
    self.fieldKeys = fieldKeys
  }
}

/// Which component of requests is hidden.
public enum FieldToProtectType: String, Hashable, Sendable, CaseIterable {
  /// Some headers.
  case singleHeader = "SINGLE_HEADER"
  /// Some cookies.
  case singleCookie = "SINGLE_COOKIE"
  /// Some query arguments.
  case singleQueryArgument = "SINGLE_QUERY_ARGUMENT"
  /// The whole query string.
  case queryString = "QUERY_STRING"
  /// The whole body.
  case body = "BODY"
}

extension FieldToProtect: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let fieldType = object.required("FieldType", as: FieldToProtectType.self)
    let fieldKeys = object.list("FieldKeys", of: String.self)
    object.finish()
    guard !object.isBroken, let fieldType else { return nil }
    self.init(fieldType: fieldType, fieldKeys: fieldKeys)
    emptyMembers = object.spelledOutEmpty("FieldKeys")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("FieldType", fieldType)
    members.add("FieldKeys", fieldKeys, emptyIf: emptyMembers)
    return members.node
  }
}

extension FieldToProtectType: WireWord, TreeWritable {}
