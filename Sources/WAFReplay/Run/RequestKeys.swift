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
  private(set) var countryHash = StableHash.hash([UInt8]().span)
  private var lastCountry = Country.notRecorded

  mutating func setRoute(_ method: Component, _ path: Component, of storage: [UInt8]) {
    let bytes = storage.span
    route.removeAll(keepingCapacity: true)
    append(method, of: bytes)
    route.append(UInt8(ascii: " "))
    if path.range.isEmpty {
      append(path, of: bytes)
    } else {
      PathTemplate.append(bytes.extracting(path.range.bounds), to: &route)
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

  mutating func setClient(_ address: ClientAddress) {
    switch address {
    case .address(.v4(let bits)):
      setClientCount(4)
      // Sound: the array has as many bytes as are stored, here and below.
      unsafe client.withUnsafeMutableBytes {
        unsafe $0.storeBytes(of: bits.bigEndian, as: UInt32.self)
      }
      clientHash = StableHash.hash(word: UInt64(bits.byteSwapped), count: 4)
    case .address(.v6(let bits)):
      setClientCount(16)
      unsafe client.withUnsafeMutableBytes {
        unsafe $0.storeBytes(of: bits.bigEndian, as: UInt128.self)
      }
      clientHash = StableHash.hash(client.span)
    case .notRecorded, .invalid:
      setClientCount(0)
      clientHash = nil
    }
  }

  private mutating func setClientCount(_ count: Int) {
    guard client.count != count else { return }
    client.removeAll(keepingCapacity: true)
    for _ in 0..<count { client.append(0) }
  }

  mutating func setCountry(_ country: Country) {
    guard country != lastCountry else { return }
    lastCountry = country
    self.country.removeAll(keepingCapacity: true)
    switch country {
    case .notRecorded: break
    case .undetermined: self.country.append(UInt8(ascii: "-"))
    case .code(let code):
      self.country.append(UInt8(truncatingIfNeeded: code.rawValue >> 8))
      self.country.append(UInt8(truncatingIfNeeded: code.rawValue))
    }
    countryHash = StableHash.hash(self.country.span)
  }

  private static let redacted = Array("(redacted)".utf8)
  private static let notRecorded = Array("(not recorded)".utf8)
  private static let empty = Array("(empty)".utf8)
}
