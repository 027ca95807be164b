package import WAFRequests

/// Where records come from: frames the input, so that workers only decode.
///
/// Asked by one task at a time. What a batch holds must depend on the input alone.
package protocol RecordSource: SendableMetatype {
  /// The next records in input order; nil at the end.
  mutating func nextBatch() throws -> RecordBatch?

  /// The same records from the first one on; rates need more than one pass over them.
  ///
  /// Asked of a source of which no batch has been taken. One that is a value through and through
  /// need not say how: a copy starts again. One that shares an open file must.
  func restarted() throws -> Self
}

extension RecordSource {
  package func restarted() throws -> Self { self }
}

/// Records of one input file, framed but not decoded.
package struct RecordBatch: Sendable {
  /// One record.
  package struct Record: Hashable, Sendable {
    /// Where it stands in `RecordBatch.bytes`.
    package var bounds: Range<Int>
    /// The offset of its first byte in the (decompressed) file.
    package var offset: Int

    package init(bounds: Range<Int>, offset: Int) {
      self.bounds = bounds
      self.offset = offset
    }
  }

  /// The index of the file in the order of reading.
  package var file: Int
  /// The format of the records, as the decoder numbers them.
  package var format: UInt8
  /// The bytes that the records stand in.
  package var bytes: [UInt8]
  /// The records in input order.
  package var records: [Record]
  /// What could not be framed.
  package var rejects: [RejectedRecord]

  package init(
    file: Int, format: UInt8 = 0, bytes: [UInt8], records: [Record],
    rejects: [RejectedRecord] = []
  ) {
    self.format = format
    self.file = file
    self.bytes = bytes
    self.records = records
    self.rejects = rejects
  }
}

/// Reads the bytes of one record.
package protocol RecordDecoder: Sendable {
  /// Decodes a record into `record`, whose former content is dropped and whose memory is kept.
  func decode(
    _ bytes: Span<UInt8>, format: UInt8, position: RecordPosition,
    into record: inout RequestRecord
  ) throws(RejectReason)
}
