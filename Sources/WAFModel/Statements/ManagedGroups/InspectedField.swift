package import DocumentTree

/// A field of a request's body.
///
/// The API's shapes UsernameField, PasswordField, EmailField, PhoneNumberField and AddressField.
public struct InspectedField: Hashable, Sendable {
  /// The name in the form, or the JSON pointer.
  public var identifier: String

  /// Creates a field.
  public init(identifier: String) {
    self.identifier = identifier
  }
}

extension InspectedField: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let identifier = object.required("Identifier", as: String.self)
    object.finish()
    guard !object.isBroken, let identifier else { return nil }
    self.init(identifier: identifier)
  }

  package func node() -> Node { Node("Identifier", identifier) }
}
