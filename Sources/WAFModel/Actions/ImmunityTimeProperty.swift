package import DocumentTree

/// How long the time stamp of a solved puzzle or of a passed challenge is good for.
public struct ImmunityTimeProperty: Hashable, Sendable {
  /// The time in seconds, from 60 (300 for challenges) to 259,200.
  public var immunityTime: Int

  /// Creates the property.
  public init(immunityTime: Int) {
    self.immunityTime = immunityTime
  }
}

extension ImmunityTimeProperty: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let immunityTime = object.required("ImmunityTime", as: LenientInt.self)
    object.finish()
    guard !object.isBroken, let immunityTime else { return nil }
    self.init(immunityTime: immunityTime.value)
  }

  package func node() -> Node { Node("ImmunityTime", immunityTime) }
}
