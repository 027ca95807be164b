public import DocumentTree

/// A set of addresses that rules refer to.
public struct IPSet: Hashable, Sendable {
  /// Which addresses a set holds.
  public enum IPAddressVersion: String, Hashable, Sendable, CaseIterable {
    /// IPv4 addresses.
    case ipv4 = "IPV4"
    /// IPv6 addresses.
    case ipv6 = "IPV6"
  }

  /// The name.
  public var name: String?
  /// The id that the service gave it.
  public var id: String?
  /// The ARN by which rules refer to it.
  public var arn: String?
  /// What it is used for; only in the input of `create-ip-set`.
  public var scope: Scope?
  /// A description.
  public var description: String?
  /// Which addresses it holds.
  public var ipAddressVersion: IPAddressVersion
  /// CIDR blocks, such as `192.0.2.0/24`; 10,000 at most.
  public var addresses: [String]
  /// All other members, kept so that writing gives them back.
  public var otherMembers: [Node.Member]

  /// Creates a set.
  public init(
    name: String? = nil, id: String? = nil, arn: String? = nil, scope: Scope? = nil,
    description: String? = nil, ipAddressVersion: IPAddressVersion, addresses: [String],
    otherMembers: [Node.Member] = []
  ) {
    self.name = name
    self.id = id
    self.arn = arn
    self.scope = scope
    self.description = description
    self.ipAddressVersion = ipAddressVersion
    self.addresses = addresses
    self.otherMembers = otherMembers
  }
}

extension IPSet.IPAddressVersion: WireWord, TreeWritable {}

extension IPSet: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.optional("Name", as: String.self)
    let id = object.optional("Id", as: String.self)
    let arn = object.optional("ARN", as: String.self)
    let scope = object.optional("Scope", as: Scope.self)
    let description = object.optional("Description", as: String.self)
    let version = object.required("IPAddressVersion", as: IPAddressVersion.self)
    let addresses = object.requiredList("Addresses", of: String.self)
    let others = object.bookkeeping() + object.finish()
    guard !object.isBroken, let version else { return nil }
    self.init(
      name: name, id: id, arn: arn, scope: scope, description: description,
      ipAddressVersion: version, addresses: addresses, otherMembers: others)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("Id", id)
    members.add("ARN", arn)
    members.add("Scope", scope)
    members.add("Description", description)
    members.add("IPAddressVersion", ipAddressVersion)
    members.add("Addresses", addresses)
    members.add(contentsOf: otherMembers)
    return members.node
  }
}

extension ObjectReader {
  /// Members of create and update inputs that say nothing about the resource itself.
  mutating func bookkeeping() -> [Node.Member] {
    var kept: [Node.Member] = []
    for name in ["LockToken", "Tags"] {
      guard let value = optional(name, as: Node.self) else { continue }
      kept.append(Node.Member(key: name, value: value))
    }
    return kept
  }
}
