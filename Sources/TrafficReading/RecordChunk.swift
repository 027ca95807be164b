package import WAFRequests
package import WAFTraffic

/// What the framer hands to a worker: some records of one input, and what was no record.
///
/// Chunks are numbered in input order. Their content depends on the input alone, not on how it was
/// read, so results that are merged in chunk order are the same for any number of workers.
package struct RecordChunk: Sendable {
  /// The number of the chunk, from 0.
  package var index = 0
  /// The index of the input in `TrafficInput.sources`.
  package var file: Int
  /// The format of all records of the chunk; never `auto`.
  package var format = TrafficFormat.wafLog
  /// The bytes of the records, one after the other, nothing between them.
  package var bytes: [UInt8] = []
  /// The records.
  package var records: [FramedRecord] = []
  /// What could not be framed, in input order.
  package var rejects: [RejectedBytes] = []
  /// What was wrong with the input around the records, in order.
  package var notices: [InputNotice] = []

  /// The bytes of completed records and of rejects.
  var weight = 0

  package init(file: Int) {
    self.file = file
  }

  /// Whether there is nothing in the chunk.
  package var isEmpty: Bool { records.isEmpty && rejects.isEmpty && notices.isEmpty }

  /// The bytes of a record.
  package func bytes(of record: FramedRecord) -> ArraySlice<UInt8> { bytes[record.bounds] }

  /// Where a record stands in the input.
  package func position(of record: FramedRecord) -> RecordPosition {
    RecordPosition(file: file, offset: record.offset)
  }

  /// A record of this chunk that its decoder refused, as a reject.
  package func reject(_ record: FramedRecord, _ error: RecordError) -> RejectedBytes {
    RejectedBytes(
      position: position(of: record), count: record.count, error: error,
      bytes: Array(bytes(of: record).prefix(RejectedBytes.keptBytes)))
  }
}

/// One record in a chunk.
package struct FramedRecord: Hashable, Sendable {
  /// Where it starts in `RecordChunk.bytes`.
  package var start: Int
  /// The number of its bytes.
  package var count: Int
  /// The offset of its first byte in the (decompressed) input.
  package var offset: Int

  /// The record's range in `RecordChunk.bytes`.
  package var bounds: Range<Int> { start..<start + count }
}

/// Bytes that are no readable record.
package struct RejectedBytes: Hashable, Sendable {
  /// How many bytes of a reject are kept at most.
  package static let keptBytes = 64 * 1024

  /// Where they begin.
  package var position: RecordPosition
  /// How many they are.
  package var count: Int
  /// Why they were refused.
  package var error: RecordError
  /// The first of them, at most `keptBytes`.
  package var bytes: [UInt8]
}

/// Something about an input that is not about one record.
package struct InputNotice: Hashable, Sendable {
  /// What was found.
  package enum Kind: Hashable, Sendable {
    /// Bytes follow the compressed data: ignored.
    case trailingGarbage(InputFormat)
    /// The compressed data ends too early: the records before that were read.
    case truncatedData(InputFormat)
    /// The compressed data is damaged: the records before that were read.
    case corruptData(InputFormat)
    /// The compressed data needs more memory than we give: the records before that were read.
    case windowTooLarge
    /// The input ends inside a document that holds records.
    case truncatedDocument
    /// A file that was found in a directory is none of the formats: left out.
    case noTraffic
    /// So many messages of CloudWatch Logs about itself: left out.
    case controlMessages(Int)
    /// So many entries of a HAR that are no requests to a server: left out.
    case otherEntries(Int)
    /// Rows of a query of CloudWatch Logs without `@message`: nothing could be read of them.
    case noMessageField
    /// So many bytes after the bodies of raw requests: ignored.
    case bytesAfterBodies(Int)
  }

  /// What was found.
  package var kind: Kind
  /// The index of the input.
  package var file: Int
  /// The offset it is about: of compressed data in the file as it is stored, else in the input.
  package var offset: Int

  /// Whether records may be missing, so that this is more than a warning.
  package var isError: Bool {
    switch kind {
    case .truncatedData, .corruptData, .windowTooLarge, .truncatedDocument, .noMessageField: true
    case .trailingGarbage, .noTraffic, .controlMessages, .otherEntries, .bytesAfterBodies: false
    }
  }

  /// The notice in words.
  package var message: String {
    switch kind {
    case .trailingGarbage(let format): "bytes after the \(format.rawValue) data are ignored"
    case .truncatedData(let format):
      "the \(format.rawValue) data ends too early; the records before its end were read"
    case .corruptData(let format):
      "the \(format.rawValue) data is damaged; the records before the damage were read"
    case .windowTooLarge:
      "the zstd data needs a window of more than 128 MiB; decompress it first:"
        + " zstd -dc --long=31 FILE | wafcast … -"
    case .truncatedDocument: "the document that holds the records ends too early"
    case .noTraffic: "neither JSON nor raw HTTP requests; the file is left out"
    case .controlMessages(let count): "control messages of CloudWatch Logs left out: \(count)"
    case .otherEntries(let count):
      "HAR entries left out that are no HTTP requests to a server (data:, blob:, …): \(count)"
    case .noMessageField:
      "the rows of the query have no '@message'; run it with 'fields @message'"
    case .bytesAfterBodies(let count): "bytes ignored after the bodies of requests: \(count)"
    }
  }
}
