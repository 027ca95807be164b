package import DocumentTree

/// Where requests for new accounts carry what is looked at.
public struct RequestInspectionACFP: Hashable, Sendable {
  /// The format of the body.
  public var payloadType: PayloadType
  /// The field with the user name.
  public var usernameField: InspectedField?
  /// The field with the password.
  public var passwordField: InspectedField?
  /// The field with the e-mail address.
  public var emailField: InspectedField?
  /// The fields with the phone number, in the order of the request.
  public var phoneNumberFields: [InspectedField]
  /// The fields with the postal address, in the order of the request.
  public var addressFields: [InspectedField]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates settings.
  public init(
    payloadType: PayloadType, usernameField: InspectedField? = nil,
    passwordField: InspectedField? = nil, emailField: InspectedField? = nil,
    phoneNumberFields: [InspectedField] = [], addressFields: [InspectedField] = []
  ) {
    self.payloadType = payloadType
    self.usernameField = usernameField
    self.passwordField = passwordField
    self.emailField = emailField
    self.phoneNumberFields = phoneNumberFields
    self.addressFields = addressFields
  }
}

extension RequestInspectionACFP: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let payloadType = object.required("PayloadType", as: PayloadType.self)
    let usernameField = object.optional("UsernameField", as: InspectedField.self)
    let passwordField = object.optional("PasswordField", as: InspectedField.self)
    let emailField = object.optional("EmailField", as: InspectedField.self)
    let phoneNumberFields = object.list("PhoneNumberFields", of: InspectedField.self)
    let addressFields = object.list("AddressFields", of: InspectedField.self)
    object.finish()
    guard !object.isBroken, let payloadType else { return nil }
    self.init(
      payloadType: payloadType, usernameField: usernameField, passwordField: passwordField,
      emailField: emailField, phoneNumberFields: phoneNumberFields, addressFields: addressFields)
    emptyMembers = object.spelledOutEmpty("PhoneNumberFields", "AddressFields")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("PayloadType", payloadType)
    members.add("UsernameField", usernameField)
    members.add("PasswordField", passwordField)
    members.add("EmailField", emailField)
    members.add("PhoneNumberFields", phoneNumberFields, emptyIf: emptyMembers)
    members.add("AddressFields", addressFields, emptyIf: emptyMembers)
    return members.node
  }
}
