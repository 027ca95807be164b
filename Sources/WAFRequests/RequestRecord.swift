public import Bytes
public import IPAddressing

/// One recorded request: its bytes, and what is not known of it.
///
/// All component bytes lie in one arena (`storage`), which is kept from record to record, so that
/// decoding a stream allocates nothing once warm. A component says what the recording knows of it
/// (`ComponentState`); nothing that is missing is guessed.
public struct RequestRecord: Sendable {
  /// The arena that all ranges of this record point into.
  public package(set) var storage: [UInt8] = []

  /// Where the record stands: input file (index in the order read), byte offset, ordinal in it.
  public package(set) var position = RecordPosition()
  /// `httpRequest.requestId`; empty when not recorded.
  public package(set) var requestID: ByteRange = .empty
  /// Milliseconds since 1970-01-01 UTC; nil when not recorded.
  public package(set) var timestamp: Int64?

  /// The request method, as received.
  public package(set) var method: Component = .notRecorded
  /// The path of the URI, percent-encoded as received, without query and fragment.
  public package(set) var path: Component = .notRecorded
  /// The query without its `?`, as received.
  public package(set) var query: Component = .notRecorded
  /// The protocol version, as written in the recording (`HTTP/1.1`).
  public package(set) var httpVersion: Component = .notRecorded
  /// The scheme as recorded (`https`), in any case.
  public package(set) var scheme: Component = .notRecorded
  /// What follows the `#` of the URI, without it.
  public package(set) var fragment: Component = .notRecorded
  /// The header lines in the order received.
  public package(set) var headers: [Header] = []
  /// Whether `headers` holds every header; if not, a header that is not there is not recorded.
  public package(set) var headersAreComplete = false
  /// Whether `headers` are in the order received; else in one of the recording's own.
  public package(set) var headersAreInOrder = true
  /// The headers that may have been there although a complete list has no line of them.
  package var hiddenHeaders = HiddenHeaders(rawValue: 0)

  /// The body as sent, or why it is not here.
  public package(set) var body: Component = .notRecorded
  /// What an absent body rests on.
  public package(set) var bodyAbsence: BodyAbsence = .recorded
  /// What the recording says of the number of body bytes.
  public package(set) var bodySize: BodySize = .unknown
  /// Whether the log lists `REQUEST_BODY` or `REQUEST_JSON_BODY` among `oversizeFields`: the service
  /// found the body too large.
  public package(set) var serviceFoundOversizeBody = false
  /// `requestBodySizeInspectedByWAF`; nil when not recorded.
  public package(set) var inspectedBodySize: Int?

  /// The address of the peer that the service saw.
  public package(set) var clientIP: ClientAddress = .notRecorded
  /// The country that the service found for the peer.
  public package(set) var country: Country = .notRecorded
  /// The region label that the service recorded: the part after `…:geo:region:`; nil when none.
  public package(set) var recordedRegion: ByteRange?
  /// The country that the service's label names for a forwarded address.
  public package(set) var forwardedCountry: Country = .notRecorded
  /// The region label of a forwarded address; nil when none.
  public package(set) var forwardedRegion: ByteRange?
  /// `clientAsn`: the autonomous system that the service found for the peer; nil when not recorded.
  public package(set) var clientASN: UInt32?
  /// `forwardedAsn`: the same for the address in a forwarded header.
  public package(set) var forwardedASN: UInt32?
  /// The JA3 fingerprint of the TLS handshake.
  public package(set) var ja3Fingerprint: Component = .notRecorded
  /// The JA4 fingerprint of the TLS handshake.
  public package(set) var ja4Fingerprint: Component = .notRecorded

  /// What the log tells of the client's CAPTCHA token.
  public package(set) var captcha = TokenEvidence()
  /// What the log tells of the client's challenge token.
  public package(set) var challenge = TokenEvidence()
  /// Whether `monetizeVerifyResponse` says that a payment was verified; nil when not recorded.
  public package(set) var paymentVerified: Bool?

  /// `httpSourceName`: the kind of resource that took the request.
  public package(set) var sourceName: ByteRange = .empty
  /// `webaclId`: the web ACL the request was recorded under; empty when not recorded.
  public package(set) var webACLARN: ByteRange = .empty
  /// `wafcast.source`: where the record came from, in words; empty when not stated.
  public package(set) var provenance: ByteRange = .empty
  /// What the service did with the request when it was recorded.
  public package(set) var recorded = RecordedOutcome()

  /// Where members of a JSON record stand as written; empty for a record that was not JSON.
  ///
  /// A decoder of JSON copies the record to the start of `storage`, so these ranges hold both in
  /// the record's own bytes and in `storage`.
  public package(set) var raw = RawMembers()

  /// A record of which nothing is known.
  public init() {}

  /// The bytes of a component; empty where it has none.
  package func bytes(_ range: ByteRange) -> ArraySlice<UInt8> {
    storage[range.bounds]
  }

  /// The text of a run of bytes, for people: bytes that are not UTF-8 become U+FFFD.
  public func text(_ range: ByteRange) -> String {
    String(decoding: storage[range.bounds], as: UTF8.self)
  }

  /// Makes this the empty record again and keeps its memory.
  package mutating func reset() {
    // Both arrays change hands by swapping: they stay uniquely referenced, so nothing is copied.
    var fresh = RequestRecord()
    swap(&fresh.storage, &storage)
    swap(&fresh.headers, &headers)
    fresh.storage.removeAll(keepingCapacity: true)
    fresh.headers.removeAll(keepingCapacity: true)
    self = fresh
  }
}

/// Where a record stands in the input.
public struct RecordPosition: Hashable, Comparable, Sendable {
  /// The index of the input file in the order of reading.
  public var file: Int
  /// The offset of the record's first byte in the (decompressed) file.
  public var offset: Int

  /// The position at an offset of a file.
  public init(file: Int = 0, offset: Int = 0) {
    self.file = file
    self.offset = offset
  }

  /// Input order.
  public static func < (left: RecordPosition, right: RecordPosition) -> Bool {
    (left.file, left.offset) < (right.file, right.offset)
  }
}

/// What the absence of a body rests on.
public enum BodyAbsence: UInt8, Hashable, Sendable {
  /// The recording says so (`"body": ""`, a size of 0).
  case recorded
  /// HTTP/1.x framing: a complete header list with neither `content-length` nor
  /// `transfer-encoding`.
  case framing
  /// The named assumption `bodyless-h2`: the same in HTTP/2 or HTTP/3, where a body needs neither.
  case assumedForHTTP2
}

/// What a recording says of the number of body bytes.
public enum BodySize: Hashable, Sendable {
  /// Nothing.
  case unknown
  /// `content-length`, or the recorded bytes themselves.
  case recorded(Int)
  /// `requestBodySize`: what the service found.
  case observed(Int)
}

/// The address of the peer.
public enum ClientAddress: Hashable, Sendable {
  /// The recording has none.
  case notRecorded
  /// The recording has text that is no IP address.
  case invalid
  /// The address.
  case address(IPAddress)
}

/// The country of the peer.
public enum Country: Hashable, Sendable {
  /// The recording has none.
  case notRecorded
  /// `-`: the service could not tell.
  case undetermined
  /// An ISO 3166-1 alpha-2 code, upper case.
  case code(CountryCode)
}

/// An ISO 3166-1 alpha-2 code in two bytes.
public struct CountryCode: Hashable, Comparable, Sendable {
  /// The two letters, the first one in the high byte.
  public let rawValue: UInt16

  /// The code of two ASCII letters, lower case raised; nil for anything else.
  public init?(_ letters: some Collection<UInt8>) {
    var iterator = letters.makeIterator()
    guard let first = iterator.next(), let second = iterator.next(), iterator.next() == nil else {
      return nil
    }
    self.init(first, second)
  }

  /// The code of two ASCII letters, lower case raised; nil for anything else.
  package init?(_ first: UInt8, _ second: UInt8) {
    guard first.isASCIILetter, second.isASCIILetter else { return nil }
    rawValue = UInt16(first & 0xDF) << 8 | UInt16(second & 0xDF)
  }

  /// The two letters.
  public var text: String {
    String(decoding: [UInt8(rawValue >> 8), UInt8(rawValue & 0xFF)], as: UTF8.self)
  }

  /// Alphabetical order.
  public static func < (left: CountryCode, right: CountryCode) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What the service did with a request when it was recorded: kept, never an input of evaluation.
public struct RecordedOutcome: Hashable, Sendable {
  /// `action` as logged; empty when the record has none.
  public var action: ByteRange = .empty
  /// `terminatingRuleId` as logged.
  public var terminatingRuleID: ByteRange = .empty
  /// `wafcast.certainty`: the record is a prediction of ours and no evidence.
  public var isPrediction = false
  /// `wafcast.expect.action`, as stated by the record.
  public var expectedAction: ByteRange = .empty
  /// `wafcast.expect.rule`, as stated by the record.
  public var expectedRule: ByteRange = .empty

  /// Nothing recorded.
  public init() {}
}
