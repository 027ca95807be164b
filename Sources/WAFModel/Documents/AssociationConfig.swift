public import DocumentTree

/// How much of request bodies is inspected, by type of protected resource.
public struct AssociationConfig: Hashable, Sendable {
  /// The body settings by resource type, such as `CLOUDFRONT` or `API_GATEWAY`.
  public var requestBody: [String: RequestBodyAssociatedResourceTypeConfig]
  /// Members that are not known, kept so that writing gives them back.
  public var otherMembers: [Node.Member]
  /// The maps that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a configuration.
  public init(
    requestBody: [String: RequestBodyAssociatedResourceTypeConfig],
    otherMembers: [Node.Member] = []
  ) {
    self.requestBody = requestBody
    self.otherMembers = otherMembers
  }
}

/// How much of request bodies is inspected for one type of resource.
public struct RequestBodyAssociatedResourceTypeConfig: Hashable, Sendable {
  /// The part of a body that is inspected.
  public var defaultSizeInspectionLimit: SizeInspectionLimit

  /// Creates a configuration.
  public init(defaultSizeInspectionLimit: SizeInspectionLimit) {
    self.defaultSizeInspectionLimit = defaultSizeInspectionLimit
  }
}

/// The part of a body that is inspected.
public enum SizeInspectionLimit: String, Hashable, Sendable, CaseIterable {
  /// 16,384 bytes.
  case kb16 = "KB_16"
  /// 32,768 bytes.
  case kb32 = "KB_32"
  /// 49,152 bytes.
  case kb48 = "KB_48"
  /// 65,536 bytes.
  case kb64 = "KB_64"

  /// The limit in bytes.
  public var bytes: Int {
    switch self {
    case .kb16: 16_384
    case .kb32: 32_768
    case .kb48: 49_152
    case .kb64: 65_536
    }
  }
}

extension SizeInspectionLimit: WireWord, TreeWritable {}

extension AssociationConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let requestBody = object.map(
      "RequestBody", of: RequestBodyAssociatedResourceTypeConfig.self)
    var others: [Node.Member] = []
    // Of CloudFront only, and without effect on the evaluation.
    if let injection = object.optional("ChallengeJavascriptSdkInjection", as: Node.self) {
      others.append(Node.Member(key: "ChallengeJavascriptSdkInjection", value: injection))
    }
    others += object.finish()
    guard !object.isBroken else { return nil }
    self.init(requestBody: requestBody, otherMembers: others)
    emptyMembers = object.spelledOutEmpty("RequestBody")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("RequestBody", requestBody, emptyIf: emptyMembers)
    members.add(contentsOf: otherMembers)
    return members.node
  }
}

extension RequestBodyAssociatedResourceTypeConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    // An example of the API reference has the bare word instead of the object.
    if cursor.node.text != nil {
      guard let limit = SizeInspectionLimit(reading: cursor, in: context) else { return nil }
      self.init(defaultSizeInspectionLimit: limit)
      return
    }
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let limit = object.required("DefaultSizeInspectionLimit", as: SizeInspectionLimit.self)
    object.finish()
    guard let limit else { return nil }
    self.init(defaultSizeInspectionLimit: limit)
  }

  package func node() -> Node {
    Node("DefaultSizeInspectionLimit", defaultSizeInspectionLimit)
  }
}
