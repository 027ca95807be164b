import Bytes
package import IPAddressing
package import WAFRequests
package import WAFTraffic

/// Which requests of recordings a test is about.
package struct RequestSelection: Hashable, Sendable {
  /// Where to look: files or directories.
  package var corpora: [String]
  package var format = TrafficFormat.auto
  /// One of these methods; any where it is empty.
  package var methods: [String] = []
  package var hosts: [GlobPattern] = []
  package var paths: [GlobPattern] = []
  package var countries: [CountryCode] = []
  package var clients: [CIDRBlock] = []
  /// What the service did with the request when it was recorded.
  package var recordedActions: [String] = []
  /// Only the first so many.
  package var limit: Int?
  /// Fewer fail the test.
  package var atLeast = 1

  package init(corpora: [String]) {
    self.corpora = corpora
  }

  /// Whether a request belongs to the selection; one of which the recording does not tell does not.
  package func includes(_ record: borrowing RequestRecord) -> Bool {
    matches(methods, record.method, record) { method, bytes in bytes.elementsEqual(method.utf8) }
      && matches(paths, record.path, record) { $0.matches($1) }
      && includesHost(record) && includesClient(record) && includesRecordedAction(record)
  }

  private func matches<Wanted>(
    _ wanted: [Wanted], _ component: Component, _ record: borrowing RequestRecord,
    _ test: (Wanted, ArraySlice<UInt8>) -> Bool
  ) -> Bool {
    guard !wanted.isEmpty else { return true }
    switch component.state {
    case .known, .empty: break
    case .absent, .absentOrEmpty, .lossy, .prefix, .redacted, .notRecorded: return false
    }
    let bytes = record.bytes(component.range)
    return wanted.contains { test($0, bytes) }
  }

  private func includesHost(_ record: borrowing RequestRecord) -> Bool {
    guard !hosts.isEmpty else { return true }
    guard let index = record.indexOfHeader(named: Self.host.span) else { return false }
    return matches(hosts, record.headers[index].value, record) { pattern, bytes in
      pattern.matches(bytes.map(\.asciiLowercased)[...])
    }
  }

  private func includesClient(_ record: borrowing RequestRecord) -> Bool {
    if !countries.isEmpty {
      guard case .code(let code) = record.country, countries.contains(code) else { return false }
    }
    guard !clients.isEmpty else { return true }
    guard case .address(let address) = record.clientIP else { return false }
    return clients.contains { $0.holds(address) }
  }

  private func includesRecordedAction(_ record: borrowing RequestRecord) -> Bool {
    guard !recordedActions.isEmpty else { return true }
    let bytes = record.bytes(record.recorded.action)
    return recordedActions.contains { bytes.elementsEqual($0.utf8) }
  }

  private static let host = Array("host".utf8)
}

extension CIDRBlock {
  fileprivate func holds(_ other: IPAddress) -> Bool {
    switch (address, lastAddress, other) {
    case (.v4(let first), .v4(let last), .v4(let bits)): first <= bits && bits <= last
    case (.v6(let first), .v6(let last), .v6(let bits)): first <= bits && bits <= last
    default: false
    }
  }
}
