package import Diagnostics
package import IPAddressing

/// The user's addresses for a managed rule that nobody can model without.
package struct ManagedAddressList: Sendable {
  package var group: String
  package var rule: String
  /// As the user gave it.
  package var file: String
  package var addresses: CIDRSet

  /// Reads a file: one address or CIDR block a line, and comments behind `#`.
  ///
  /// - Parameter diagnostics: takes what is wrong with it.
  package init(
    group: String, rule: String, file: String, bytes: [UInt8],
    diagnostics: inout [Diagnostic]
  ) {
    self.group = group
    self.rule = rule
    self.file = file
    var blocks: [CIDRBlock] = []
    // Lists exported from Windows begin with a byte order mark.
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = Self.content(of: bytes, start..<end)
      start = end + 1
      guard !line.isEmpty else { continue }
      let text = String(decoding: bytes[line], as: UTF8.self)
      if let block = CIDRBlock(text) ?? IPAddress(text).flatMap(Self.block) {
        blocks.append(block)
      } else {
        diagnostics.append(
          .error(
            "invalid-address", "'\(text)' is no address and no CIDR block",
            at: Place(file: file, byteRange: line)))
      }
    }
    if blocks.isEmpty {
      diagnostics.append(
        .warning("empty-ip-list", "the list has no address", at: Place(file: file)))
    }
    addresses = CIDRSet(blocks)
  }

  /// A line without its comment and the blanks around it.
  private static func content(of bytes: [UInt8], _ line: Range<Int>) -> Range<Int> {
    var end = bytes[line].firstIndex(of: UInt8(ascii: "#")) ?? line.upperBound
    var start = line.lowerBound
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }

  private static func block(_ address: IPAddress) -> CIDRBlock? {
    switch address {
    case .v4: CIDRBlock(address, prefixLength: 32)
    case .v6: CIDRBlock(address, prefixLength: 128)
    }
  }
}
