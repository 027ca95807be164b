import IPAddressing
import WAFProgram
import WAFRequests
import WAFTraffic

/// Addresses, blocks and label patterns, a line each; and all of it as a forwarded header.
func fuzzAddresses(_ input: [UInt8]) throws(FuzzFailure) {
  let lines = input.split(separator: 0x0A, maxSplits: 64).map { Array($0) }
  var blocks: [CIDRBlock] = []
  var addresses: [IPAddress] = []
  for line in lines {
    if let address = IPAddress(line.span) {
      addresses.append(address)
      try require(
        IPAddress(address.description) == address, "an address is no round trip: \(quoted(line))")
      try require(
        IPAddress(decorated: line.span) == address, "decorated is another: \(quoted(line))")
    } else if let address = IPAddress(decorated: line.span) {
      addresses.append(address)
    }
    if let block = CIDRBlock(String(decoding: line, as: UTF8.self)) {
      blocks.append(block)
      addresses += [block.address, block.lastAddress]
      let again = CIDRBlock(block.description)
      try require(
        again?.address == block.address && again?.prefixLength == block.prefixLength,
        "a block is no round trip: \(quoted(line))")
    }
  }
  let set = CIDRSet(blocks)
  for address in addresses.prefix(64) {
    let isIn = blocks.contains { isInside(address, $0) }
    try require(set.contains(address) == isIn, "\(address) in \(blocks): \(!isIn)")
  }
  checkLabels(lines)
  try checkForwardedHeader(input)
}

private func isInside(_ address: IPAddress, _ block: CIDRBlock) -> Bool {
  CIDRBlock(address, prefixLength: block.prefixLength)?.address == block.address
}

/// Every line as a key, with every line as a label.
private func checkLabels(_ lines: [[UInt8]]) {
  let texts = lines.prefix(6).map { String(decoding: $0, as: UTF8.self) }
  for key in texts {
    for scope in [LabelPattern.Scope.label, .namespace] {
      let pattern = LabelPattern(
        scope: scope, key: key, context: "awswaf:111122223333:webacl:acl:")
      for label in texts + ["awswaf:*:webacl:acl:" + key] {
        _ = pattern.matches(label)
        _ = pattern.matches(label, asPlainPrefix: true)
        _ = pattern.couldMatch(namespace: label)
      }
      for source in [GeoLabel.client, .forwarded] {
        _ = GeoLabel.test(pattern, namespace: source.country)
        _ = GeoLabel.test(pattern, namespace: source.region, asPlainPrefix: true)
      }
    }
  }
}

/// The input as the value of the header that a web ACL reads addresses from.
private func checkForwardedHeader(_ input: [UInt8]) throws(FuzzFailure) {
  var request = Array("GET /?x=1 HTTP/1.1\r\nhost: a.example\r\n".utf8)
  // A line a header: several of them are joined.
  for line in input.split(separator: 0x0A, maxSplits: 3) {
    request += Array("x-forwarded-for: ".utf8) + line.filter { $0 != 0x0D } + [0x0D, 0x0A]
  }
  request += [0x0D, 0x0A]
  guard let record = decoded(request, as: .rawHTTP) else { return }
  try RecordChecks.ofAddresses.check(record, input: request)
}
