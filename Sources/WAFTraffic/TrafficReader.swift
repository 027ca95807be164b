/// Reads all inputs in order and hands out chunks of records.
///
/// For one thread; workers decode. A copy shares the open file with its original: use one.
package struct TrafficReader {
  /// What is read.
  package let input: TrafficInput
  private let limits: FramingLimits
  private let bufferBytes: Int

  private var nextSource = 0
  private var nextChunkIndex = 0
  private var current: OpenInput?
  private var pendingError: TrafficReadError?
  private var buffer: [UInt8]
  private var finishedBytes = 0

  /// The number of bytes read from files so far, compressed where they are.
  package var bytesRead: Int { finishedBytes + (current?.bytes.bytesRead ?? 0) }

  /// A reader at the start of the first input.
  package init(
    _ input: TrafficInput, limits: FramingLimits = FramingLimits(), bufferBytes: Int = 512 * 1024
  ) {
    self.input = input
    self.limits = limits
    self.bufferBytes = max(1, bufferBytes)
    buffer = [UInt8](repeating: 0, count: self.bufferBytes)
  }

  /// The next chunk, which never spans inputs; nil at the end of the last input.
  ///
  /// An input that cannot be read is an error, thrown after the records before it have been handed
  /// out; a further call goes on with the next input.
  package mutating func nextChunk() throws(TrafficReadError) -> RecordChunk? {
    while true {
      if let pendingError {
        self.pendingError = nil
        throw pendingError
      }
      if current == nil {
        guard nextSource < input.sources.count else { return nil }
        nextSource += 1
        current = try open(nextSource - 1)
      }
      guard let open = current else { return nil }
      var chunk = RecordChunk(file: open.index)
      fill(&chunk, from: open)
      if !chunk.isEmpty {
        chunk.index = nextChunkIndex
        nextChunkIndex += 1
        return chunk
      }
    }
  }

  private func open(_ index: Int) throws(TrafficReadError) -> OpenInput {
    let source = input.sources[index]
    let bytes: InputBytes
    do {
      let file =
        switch source {
        case .file(let path): try FileBytes(path: path)
        case .standardInput: FileBytes.standardInput()
        }
      bytes = try InputBytes(file, bufferBytes: bufferBytes)
    } catch {
      throw .unreadable(name: source.name, error)
    }
    guard bytes.format.hint == nil else {
      throw .unsupportedFormat(name: source.name, bytes.format)
    }
    return OpenInput(
      index: index, bytes: bytes, framer: RecordFramer(file: index, limits: limits))
  }

  /// Frames until the chunk is full or the input ends.
  private mutating func fill(_ chunk: inout RecordChunk, from open: OpenInput) {
    while true {
      open.start += open.framer.frame(
        buffer.span.extracting(open.start..<open.end), into: &chunk)
      if open.framer.isFull(chunk) { return }
      open.start = 0
      open.end = 0
      var notices: [InputNotice] = []
      do {
        open.end = try open.bytes.read(into: &buffer) { kind, offset in
          notices.append(InputNotice(kind: kind, file: open.index, offset: offset))
        }
      } catch {
        pendingError = .unreadable(name: input.sources[open.index].name, error)
      }
      chunk.notices += notices
      if open.end == 0 {
        open.framer.finish(into: &chunk)
        finishedBytes += open.bytes.bytesRead
        current = nil
        return
      }
    }
  }
}

/// The input at hand.
private final class OpenInput {
  let index: Int
  let bytes: InputBytes
  var framer: RecordFramer
  // What is not framed yet of the reader's buffer.
  var start = 0
  var end = 0

  init(index: Int, bytes: InputBytes, framer: RecordFramer) {
    self.index = index
    self.bytes = bytes
    self.framer = framer
  }
}

/// Why an input could not be read.
package enum TrafficReadError: Error, Hashable, Sendable {
  /// Opening or reading failed.
  case unreadable(name: String, SystemError)
  /// The input is of a kind that is not read.
  case unsupportedFormat(name: String, InputFormat)

  /// The error in words.
  package var message: String {
    switch self {
    case .unreadable(let name, let error): "\(name): \(error.message)"
    case .unsupportedFormat(let name, let format):
      "\(name): \(format.rawValue) data cannot be read; \(format.hint ?? "")"
    }
  }
}
