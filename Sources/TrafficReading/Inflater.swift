/// Decompresses the data of an input, piece by piece, whatever compressed it.
enum Inflater {
  case gzip(GzipInflater)
  case zstd(ZstdInflater)

  /// How far a step got.
  enum Status {
    /// More input or more room is needed.
    case running
    /// A member of the file has ended: gzip calls it that, zstd a frame.
    case endOfMember
    case corrupt
    /// The data needs more memory than we give.
    case windowTooLarge
  }

  /// One step: how far it got, and how many bytes of input and output it used.
  typealias Step = (status: Status, inputUsed: Int, outputUsed: Int)

  /// An inflater at the start of a member; nil for data that is not compressed.
  init?(_ format: InputFormat) throws(SystemError) {
    switch format {
    case .gzip:
      guard let inflater = GzipInflater() else { throw SystemError.outOfMemory }
      self = .gzip(inflater)
    case .zstd:
      guard let inflater = ZstdInflater() else { throw SystemError.outOfMemory }
      self = .zstd(inflater)
    case .plain, .bzip2, .xz, .zip, .parquet, .compress, .utf16: return nil
    }
  }

  /// Goes to the start of the next member; false when that is not possible.
  func beginMember() -> Bool {
    switch self {
    case .gzip(let inflater): inflater.beginMember()
    case .zstd(let inflater): inflater.beginMember()
    }
  }

  /// Inflates from `input[inputStart..<inputEnd]` into `output` from `outputStart` on.
  func inflate(
    _ input: inout [UInt8], _ inputStart: Int, _ inputEnd: Int, into output: inout [UInt8],
    from outputStart: Int
  ) -> Step {
    switch self {
    case .gzip(let inflater):
      inflater.inflate(&input, inputStart, inputEnd, into: &output, from: outputStart)
    case .zstd(let inflater):
      inflater.inflate(input, inputStart, inputEnd, into: &output, from: outputStart)
    }
  }
}
