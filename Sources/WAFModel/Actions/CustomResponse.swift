package import DocumentTree

/// What a blocked client gets instead of the plain 403.
public struct CustomResponse: Hashable, Sendable {
  /// The HTTP status code.
  public var responseCode: Int
  /// The name of an entry of `CustomResponseBodies` of the web ACL or rule group.
  public var customResponseBodyKey: String?
  /// Headers that are added to the response.
  public var responseHeaders: [CustomHTTPHeader]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a response.
  public init(
    responseCode: Int, customResponseBodyKey: String? = nil,
    responseHeaders: [CustomHTTPHeader] = []
  ) {
    self.responseCode = responseCode
    self.customResponseBodyKey = customResponseBodyKey
    self.responseHeaders = responseHeaders
  }
}

extension CustomResponse: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let code = object.required("ResponseCode", as: Int.self)
    let key = object.optional("CustomResponseBodyKey", as: String.self)
    let headers = object.list("ResponseHeaders", of: CustomHTTPHeader.self)
    object.finish()
    guard !object.isBroken, let code else { return nil }
    self.init(responseCode: code, customResponseBodyKey: key, responseHeaders: headers)
    emptyMembers = object.spelledOutEmpty("ResponseHeaders")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("ResponseCode", responseCode)
    members.add("CustomResponseBodyKey", customResponseBodyKey)
    members.add("ResponseHeaders", responseHeaders, emptyIf: emptyMembers)
    return members.node
  }
}
