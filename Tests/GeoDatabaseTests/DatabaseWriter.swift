/// Writes small MaxMind databases, after the public description of the format.
struct DatabaseWriter {
  /// A value of a data section.
  indirect enum Value {
    case text(String)
    case uint16(UInt16)
    case uint32(UInt32)
    case uint64(UInt64)
    case map([(String, Value)])
    case array([Value])
    /// Bytes as they are.
    case raw([UInt8])

    var bytes: [UInt8] {
      switch self {
      case .text(let text): Self.control(2, text.utf8.count) + text.utf8
      case .uint16(let number): Self.number(5, UInt64(number))
      case .uint32(let number): Self.number(6, UInt64(number))
      case .uint64(let number): Self.number(9, number)
      case .map(let members):
        Self.control(7, members.count) + members.flatMap { Value.text($0).bytes + $1.bytes }
      case .array(let items): Self.control(11, items.count) + items.flatMap(\.bytes)
      case .raw(let bytes): bytes
      }
    }

    static func control(_ type: UInt8, _ size: Int) -> [UInt8] {
      let extended = type > 7 ? [type - 7] : []
      let high = type > 7 ? 0 : type << 5
      guard size > 28 else { return [high | UInt8(size)] + extended }
      guard size > 284 else { return [high | 29] + extended + [UInt8(size - 29)] }
      let rest = size - 285
      return [high | 30] + extended + [UInt8(rest >> 8 & 255), UInt8(rest & 255)]
    }

    private static func number(_ type: UInt8, _ number: UInt64) -> [UInt8] {
      let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
      let short = Array(bytes.drop { $0 == 0 })
      return control(type, short.count) + short
    }
  }

  /// A node of the search tree: what a bit of 0 and one of 1 leads to.
  private struct Node {
    var left = Target.nothing
    var right = Target.nothing
  }

  private enum Target {
    case nothing
    case node(Int)
    case data(Int)
  }

  var type: String
  /// 4 or 6.
  var ipVersion: UInt16 = 6
  /// Members that stand in the metadata beside the usual ones.
  var extraMetadata: [(String, Value)] = []
  private var nodes = [Node()]
  private var data: [UInt8] = []

  init(type: String, ipVersion: UInt16 = 6) {
    self.type = type
    self.ipVersion = ipVersion
  }

  /// Adds a network, given by the bits of its address from the first one on.
  mutating func add(_ bits: some Sequence<Bool>, _ value: Value) {
    let offset = data.count
    data += value.bytes
    var current = 0
    var path = Array(bits)[...]
    while let bit = path.popFirst() {
      if path.isEmpty {
        if bit { nodes[current].right = .data(offset) } else { nodes[current].left = .data(offset) }
        return
      }
      let target = bit ? nodes[current].right : nodes[current].left
      if case .node(let next) = target {
        current = next
        continue
      }
      nodes.append(Node())
      let next = nodes.count - 1
      if bit { nodes[current].right = .node(next) } else { nodes[current].left = .node(next) }
      current = next
    }
  }

  /// Adds an IPv4 network; in a database of IPv6 they lie under `::/96`.
  mutating func add(v4 address: UInt32, prefix: Int, _ value: Value) {
    let zeros = [Bool](repeating: false, count: ipVersion == 6 ? 96 : 0)
    add(zeros + (0..<prefix).map { address >> (31 - $0) & 1 == 1 }, value)
  }

  mutating func add(v6 address: UInt128, prefix: Int, _ value: Value) {
    add((0..<prefix).map { address >> (127 - $0) & 1 == 1 }, value)
  }

  /// The bytes of the file.
  var bytes: [UInt8] {
    var file: [UInt8] = []
    for node in nodes {
      for target in [node.left, node.right] {
        let number =
          switch target {
          case .nothing: nodes.count
          case .node(let index): index
          case .data(let offset): nodes.count + 16 + offset
          }
        file += [UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)]
      }
    }
    let metadata = Value.map(
      [
        ("node_count", .uint32(UInt32(nodes.count))), ("record_size", .uint16(24)),
        ("ip_version", .uint16(ipVersion)), ("database_type", .text(type)),
        ("languages", .array([.text("en")])), ("binary_format_major_version", .uint16(2)),
        ("binary_format_minor_version", .uint16(0)), ("build_epoch", .uint64(1_700_000_000)),
        ("description", .map([("en", .text("made for a test"))])),
      ] + extraMetadata)
    return file + [UInt8](repeating: 0, count: 16) + data + [0xAB, 0xCD, 0xEF]
      + Array("MaxMind.com".utf8) + metadata.bytes
  }

  // MARK: Samples

  static func place(_ country: String?, subdivision: Value? = nil) -> Value {
    var members: [(String, Value)] = [
      ("continent", .map([("names", .map([("en", .text("Somewhere"))]))]))
    ]
    if let country { members.append(("country", .map([("iso_code", .text(country))]))) }
    if let subdivision { members.append(("subdivisions", .array([subdivision]))) }
    return .map(members)
  }

  static func subdivision(_ code: String) -> Value {
    .map([("iso_code", .text(code)), ("names", .map([("en", .text("Some Region"))]))])
  }

  static let city: DatabaseWriter = {
    var writer = DatabaseWriter(type: "Test-City")
    writer.add(v4: 0xC000_0200, prefix: 24, place("US", subdivision: subdivision("CA")))
    writer.add(v4: 0xC633_6400, prefix: 24, place("DE"))
    writer.add(v4: 0xCB00_7100, prefix: 24, place(nil))
    writer.add(v6: 0x2001_0db8 << 96, prefix: 32, place("FR", subdivision: subdivision("75")))
    return writer
  }()

  static let asn: DatabaseWriter = {
    var writer = DatabaseWriter(type: "Test-ASN")
    writer.add(
      v4: 0xC000_0200, prefix: 24,
      .map([
        ("autonomous_system_number", .uint32(64496)),
        ("autonomous_system_organization", .text("Example")),
      ]))
    return writer
  }()
}
