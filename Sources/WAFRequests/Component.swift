public import Bytes

/// What a recording knows of one component of a request.
public enum ComponentState: UInt8, Hashable, Sendable, CaseIterable {
  /// The value is exact.
  case known
  /// The recording proves that the request has no such component.
  case absent
  /// The recording proves a component of zero bytes.
  case empty
  /// Absent or empty; the format cannot tell (a WAF log's `"args": ""`). Read as absent.
  case absentOrEmpty
  /// The value was re-encoded on its way (for instance U+FFFD in place of bytes that are not
  /// UTF-8).
  case lossy
  /// Only the first bytes of the value are recorded.
  case prefix
  /// The component was there; its value was replaced (`REDACTED`, a hash).
  case redacted
  /// The recording has no word about the component.
  case notRecorded
}

/// One component of a recorded request: its bytes in the record's arena and what is known of them.
public struct Component: Hashable, Sendable {
  /// What the recording knows.
  public var state: ComponentState
  /// The bytes, where the state is `known`, `lossy` or `prefix`; else empty.
  public var range: ByteRange

  /// A component in a given state.
  public init(_ state: ComponentState, _ range: ByteRange = .empty) {
    self.state = state
    self.range = range
  }

  /// A component the recording has no word about.
  public static let notRecorded = Component(.notRecorded)
  /// A component that the request proves not to have.
  public static let absent = Component(.absent)
}

/// One header line of a recorded request.
public struct Header: Hashable, Sendable {
  /// The name as received, in the record's arena.
  public var name: ByteRange
  /// The value as received (`known`, `empty`, `lossy`, `prefix` or `redacted`).
  public var value: Component

  /// A header line.
  public init(name: ByteRange, value: Component) {
    self.name = name
    self.value = value
  }
}
