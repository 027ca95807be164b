package import DocumentTree

/// How much of request bodies is inspected for one type of resource.
public struct RequestBodyAssociatedResourceTypeConfig: Hashable, Sendable {
  /// The part of a body that is inspected.
  public var defaultSizeInspectionLimit: SizeInspectionLimit
  /// Whether it is written as a bare word, as an example of the API reference has it.
  package var isBareWord = false

  /// Creates a configuration.
  public init(defaultSizeInspectionLimit: SizeInspectionLimit) {
    self.defaultSizeInspectionLimit = defaultSizeInspectionLimit
  }
}

extension RequestBodyAssociatedResourceTypeConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    if cursor.node.text != nil {
      guard let limit = SizeInspectionLimit(reading: cursor, in: context) else { return nil }
      self.init(defaultSizeInspectionLimit: limit)
      isBareWord = true
      return
    }
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let limit = object.required("DefaultSizeInspectionLimit", as: SizeInspectionLimit.self)
    object.finish()
    guard let limit else { return nil }
    self.init(defaultSizeInspectionLimit: limit)
  }

  package func node() -> Node {
    isBareWord
      ? defaultSizeInspectionLimit.node()
      : Node("DefaultSizeInspectionLimit", defaultSizeInspectionLimit)
  }
}
