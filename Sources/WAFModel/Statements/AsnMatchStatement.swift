package import DocumentTree

/// The client's network is one of some autonomous systems.
public struct AsnMatchStatement: Hashable, Sendable {
  /// The numbers of the autonomous systems, 1 to 100 of them; 0 stands for addresses of none.
  public var asnList: [UInt32]
  /// The header that has the address; absent means the address of the connection.
  public var forwardedIPConfig: ForwardedIPConfig?

  /// Creates a statement.
  public init(asnList: [UInt32], forwardedIPConfig: ForwardedIPConfig? = nil) {
    self.asnList = asnList
    self.forwardedIPConfig = forwardedIPConfig
  }
}

extension AsnMatchStatement: TreeReadable, TreeWritable {
  /// An element of the list.
  private struct Number: TreeReadable {
    var value: UInt32

    init?(reading cursor: Cursor, in context: ReadingContext) {
      guard let number = LenientInt(reading: cursor, in: context)?.value else { return nil }
      guard let value = UInt32(exactly: number) else {
        context.error(
          "invalid-asn", "an ASN is from 0 to \(UInt32.max), not \(number)", at: cursor.pointer)
        return nil
      }
      self.value = value
    }
  }

  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let numbers = object.requiredList("AsnList", of: Number.self)
    let forwarded = object.optional("ForwardedIPConfig", as: ForwardedIPConfig.self)
    object.finish(mistaken: ["IPSetForwardedIPConfig": "ForwardedIPConfig"])
    guard !object.isBroken else { return nil }
    self.init(asnList: numbers.map(\.value), forwardedIPConfig: forwarded)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("AsnList", asnList.map(Int.init))
    members.add("ForwardedIPConfig", forwardedIPConfig)
    return members.node
  }
}
