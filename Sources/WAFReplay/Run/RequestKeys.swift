import Bytes
import IPAddressing
import WAFRequests

/// The keys by which a report counts a request; the buffers are kept from request to request.
package struct RequestKeys: Sendable {
  /// Method and path template: `GET /users/{id}`.
  package private(set) var route: [UInt8] = []
  package private(set) var routeHash: UInt64 = 0
  /// The four or sixteen bytes of the client's address; empty when not recorded.
  package private(set) var client: [UInt8] = []
  package private(set) var clientHash: UInt64?
  /// Two letters, `-`, or nothing.
  package private(set) var country: [UInt8] = []

  mutating func update(_ record: borrowing RequestRecord) {
    setRoute(record)
    setClient(record.clientIP)
    setCountry(record.country)
  }

  private mutating func setRoute(_ record: borrowing RequestRecord) {
    route.removeAll(keepingCapacity: true)
    let bytes = record.storage.span
    append(record.method, of: bytes)
    route.append(UInt8(ascii: " "))
    if record.path.range.isEmpty {
      append(record.path, of: bytes)
    } else {
      PathTemplate.append(bytes.extracting(record.path.range.bounds), to: &route)
    }
    routeHash = StableHash.hash(route.span)
  }

  private mutating func append(_ component: Component, of bytes: Span<UInt8>) {
    switch component.state {
    case .known, .lossy, .prefix:
      // A method may be as long as its sender likes.
      let range = component.range.bounds.prefix(PathTemplate.segmentBytes)
      route.append(contentsOf: bytes.extracting(range))
    case .redacted: route.append(contentsOf: Self.redacted)
    case .notRecorded: route.append(contentsOf: Self.notRecorded)
    case .absent, .empty, .absentOrEmpty: route.append(contentsOf: Self.empty)
    }
  }

  private mutating func setClient(_ address: ClientAddress) {
    client.removeAll(keepingCapacity: true)
    switch address {
    case .address(.v4(let bits)):
      for byte in 0..<4 {
        client.append(UInt8(truncatingIfNeeded: bits >> UInt32(24 - 8 * byte)))
      }
    case .address(.v6(let bits)):
      for byte in 0..<16 {
        client.append(UInt8(truncatingIfNeeded: bits >> UInt128(120 - 8 * byte)))
      }
    case .notRecorded, .invalid:
      clientHash = nil
      return
    }
    clientHash = StableHash.hash(client.span)
  }

  private mutating func setCountry(_ country: Country) {
    self.country.removeAll(keepingCapacity: true)
    switch country {
    case .notRecorded: break
    case .undetermined: self.country.append(UInt8(ascii: "-"))
    case .code(let code):
      self.country.append(UInt8(truncatingIfNeeded: code.rawValue >> 8))
      self.country.append(UInt8(truncatingIfNeeded: code.rawValue))
    }
  }

  private static let redacted = Array("(redacted)".utf8)
  private static let notRecorded = Array("(not recorded)".utf8)
  private static let empty = Array("(empty)".utf8)
}
