package import DocumentTree

/// What is hidden in everything that the service records of requests.
///
/// It changes nothing about the evaluation; in logs the protected values are missing.
public struct DataProtectionConfig: Hashable, Sendable {
  /// What is hidden and how, 26 at most.
  public var dataProtections: [DataProtection]

  /// Creates a configuration.
  public init(dataProtections: [DataProtection]) {
    self.dataProtections = dataProtections
  }
}

extension DataProtectionConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let dataProtections = object.requiredList("DataProtections", of: DataProtection.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(dataProtections: dataProtections)
  }

  package func node() -> Node { Node("DataProtections", dataProtections) }
}
