extension [UInt8] {
  /// A copy of the bytes of `span`.
  package init(_ span: Span<UInt8>) {
    self = []
    append(contentsOf: span)
  }

  /// Appends a copy of the bytes of `span`.
  package mutating func append(contentsOf span: Span<UInt8>) {
    // Sound: the buffer is read before the call returns, and the span outlives the call.
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// The bytes with upper-case ASCII letters made lower-case.
  package var asciiLowercased: [UInt8] { map(\.asciiLowercased) }
}

extension Span<UInt8> {
  /// A copy of the bytes with upper-case ASCII letters made lower-case.
  package var asciiLowercased: [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(count)
    for index in indices { copy.append(self[index].asciiLowercased) }
    return copy
  }
}

extension String {
  /// The text of UTF-8 bytes; invalid sequences become U+FFFD.
  package init(lossy bytes: Span<UInt8>) {
    // Sound: the string copies the bytes before the call returns.
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
