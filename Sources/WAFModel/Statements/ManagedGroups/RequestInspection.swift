package import DocumentTree

/// Where login requests carry the credentials.
public struct RequestInspection: Hashable, Sendable {
  /// The format of the body.
  public var payloadType: PayloadType
  /// The field with the user name.
  public var usernameField: InspectedField
  /// The field with the password.
  public var passwordField: InspectedField

  /// Creates settings.
  public init(
    payloadType: PayloadType, usernameField: InspectedField, passwordField: InspectedField
  ) {
    self.payloadType = payloadType
    self.usernameField = usernameField
    self.passwordField = passwordField
  }
}

/// The format of a body.
public enum PayloadType: String, Hashable, Sendable, CaseIterable {
  /// JSON; fields are named by JSON pointers.
  case json = "JSON"
  /// A form; fields are named as in it.
  case formEncoded = "FORM_ENCODED"
}

extension RequestInspection: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let payloadType = object.required("PayloadType", as: PayloadType.self)
    let usernameField = object.required("UsernameField", as: InspectedField.self)
    let passwordField = object.required("PasswordField", as: InspectedField.self)
    object.finish()
    guard !object.isBroken, let payloadType, let usernameField, let passwordField else {
      return nil
    }
    self.init(payloadType: payloadType, usernameField: usernameField, passwordField: passwordField)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("PayloadType", payloadType)
    members.add("UsernameField", usernameField)
    members.add("PasswordField", passwordField)
    return members.node
  }
}

extension PayloadType: WireWord, TreeWritable {}
