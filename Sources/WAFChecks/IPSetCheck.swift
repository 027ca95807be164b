import Diagnostics
import IPAddressing
import WAFModel

/// The addresses of an IP set.
///
/// Source: `IPSet` of the API reference and the quotas page (documented).
enum IPSetCheck {
  static func check(_ set: IPSet, at list: JSONPointer, in findings: Findings) {
    let limit = 10_000
    if set.addresses.count > limit {
      findings.refuse(
        .tooManyAddresses,
        "\(set.addresses.count) addresses; AWS WAF allows \(limit) in an IP set", at: list,
        from: .quotas)
    }
    for (index, text) in set.addresses.enumerated() {
      check(text, version: set.ipAddressVersion, at: list.appending(index), in: findings)
    }
  }

  private static func check(
    _ text: String, version: IPSet.IPAddressVersion, at pointer: JSONPointer,
    in findings: Findings
  ) {
    guard let block = CIDRBlock(text) else {
      let address = IPAddress(text.utf8)
      findings.refuse(
        .invalidCIDR, "'\(text.prefix(60))' is no CIDR block such as 192.0.2.0/24", at: pointer,
        from: .api, suggestion: address.map { $0.isIPv4 ? "\(text)/32" : "\(text)/128" })
      return
    }
    if block.prefixLength == 0 {
      findings.refuse(
        .invalidCIDR, "the service refuses CIDR blocks of prefix length 0", at: pointer,
        from: .api)
    }
    if block.address.isIPv4 != (version == .ipv4) {
      findings.refuse(
        .addressVersion,
        "'\(text)' is not of the set's IPAddressVersion \(version.rawValue)", at: pointer,
        from: .api)
    } else if block.hadHostBits {
      findings.warn(
        .hostBits, "'\(text)' has host bits set; it is read as \(block)", at: pointer)
    }
  }
}
