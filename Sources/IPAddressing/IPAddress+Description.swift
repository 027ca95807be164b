extension IPAddress: CustomStringConvertible {
  /// The canonical text: a dotted quad, or the form of RFC 5952.
  ///
  /// An IPv4-mapped address has its last 32 bits in dotted form.
  public var description: String {
    switch self {
    case .v4(let bits):
      return Self.dottedQuad(bits)
    case .v6(let bits):
      if let mapped = mappedIPv4 { return "::ffff:\(mapped)" }
      return Self.colonGroups(bits)
    }
  }

  private static func dottedQuad(_ bits: UInt32) -> String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  private static func colonGroups(_ bits: UInt128) -> String {
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> (112 - 16 * $0)) }
    let gap = longestZeroRun(groups)
    let hex = { (part: ArraySlice<UInt16>) in
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    // RFC 5952, 4.2.2: `::` never stands for a single group.
    guard gap.count >= 2 else { return hex(groups[...]) }
    return hex(groups[..<gap.lowerBound]) + "::" + hex(groups[gap.upperBound...])
  }

  /// The longest run of zero groups, the first one among equals.
  private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int> {
    var longest = 0..<0
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 {
        start = index + 1
      } else if index + 1 - start > longest.count {
        longest = start..<(index + 1)
      }
    }
    return longest
  }
}
