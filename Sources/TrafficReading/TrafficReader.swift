package import WAFTraffic

/// Reads all inputs in order and hands out chunks of records.
///
/// For one thread; workers decode. A copy shares the open file with its original: use one.
package struct TrafficReader {
  /// What is read.
  package let input: TrafficInput
  private let format: TrafficFormat
  private let limits: FramingLimits
  private let bufferBytes: Int

  private var nextSource = 0
  private var nextChunkIndex = 0
  /// The number of bytes of the chunk before.
  private var chunkBytes = 0
  private var current: OpenInput?
  private var pendingError: TrafficReadError?
  private var buffer: [UInt8]
  private var finishedBytes = 0

  /// The number of bytes read from files so far, compressed where they are.
  package var bytesRead: Int { finishedBytes + (current?.bytes.bytesRead ?? 0) }

  /// A reader at the start of the first input.
  ///
  /// `format` is that of all inputs; unless it is given, the first bytes of each one tell.
  package init(
    _ input: TrafficInput, format: TrafficFormat = .auto,
    limits: FramingLimits = FramingLimits(), bufferBytes: Int = 512 * 1024
  ) {
    self.input = input
    self.format = format
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
      // Most chunks are as large as the one before: growing would copy each byte once more.
      chunk.bytes.reserveCapacity(chunkBytes + chunkBytes / 8)
      fill(&chunk, from: open)
      if !chunk.isEmpty {
        chunk.index = nextChunkIndex
        nextChunkIndex += 1
        chunkBytes = chunk.bytes.count
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
        case .file(let path), .foundFile(let path): try FileBytes(path: path)
        case .standardInput: FileBytes.standardInput()
        }
      bytes = try InputBytes(file, bufferBytes: bufferBytes)
    } catch {
      throw .unreadable(name: source.name, error)
    }
    guard bytes.format.hint == nil else {
      throw .unsupportedFormat(name: source.name, bytes.format)
    }
    return OpenInput(index: index, bytes: bytes)
  }

  /// Frames until the chunk is full or the input ends.
  private mutating func fill(_ chunk: inout RecordChunk, from open: OpenInput) {
    if open.framer == nil {
      begin(open, &chunk)
      guard open.framer != nil else { return finish(open) }
    }
    while true {
      open.start += open.frame(buffer.span.extracting(open.start..<open.end), into: &chunk)
      if open.isFull(chunk) { return }
      open.start = 0
      open.end = 0
      guard read(open, notingIn: &chunk) else {
        open.finish(into: &chunk)
        return finish(open)
      }
    }
  }

  /// Reads on behind what is in the buffer; false at the end of the input.
  private mutating func read(_ open: OpenInput, notingIn chunk: inout RecordChunk) -> Bool {
    var notices: [InputNotice] = []
    var count = 0
    do {
      count = try open.bytes.read(into: &buffer, from: open.end) { kind, offset in
        notices.append(InputNotice(kind: kind, file: open.index, offset: offset))
      }
    } catch {
      pendingError = .unreadable(name: input.sources[open.index].name, error)
    }
    chunk.notices += notices
    open.end += count
    return count > 0
  }

  private mutating func finish(_ open: OpenInput) {
    finishedBytes += open.bytes.bytesRead
    current = nil
  }

  /// Looks at the first bytes and chooses the framer; chooses none where the input is to be left
  /// out.
  private mutating func begin(_ open: OpenInput, _ chunk: inout RecordChunk) {
    var isAll = false
    var found = TrafficFormat.Detection.undecided
    while true {
      found = TrafficFormat.detect(buffer.span.extracting(0..<open.end), isAll: isAll)
      guard found == .undecided else { break }
      if open.end == buffer.count { buffer += [UInt8](repeating: 0, count: buffer.count) }
      isAll = !read(open, notingIn: &chunk)
    }
    if found == .unknown, case .foundFile(let path) = input.sources[open.index],
      !TrafficInput.isNameOfTraffic(path)
    {
      chunk.notices.append(InputNotice(kind: .noTraffic, file: open.index, offset: 0))
      return
    }
    let isRaw = format == .rawHTTP || (format == .auto && found == .rawHTTP)
    open.framer =
      isRaw
      ? .raw(RawHTTPFramer(file: open.index, limits: limits))
      : .json(RecordFramer(file: open.index, format: format, limits: limits))
  }
}

/// The input at hand.
private final class OpenInput {
  enum Framer {
    case json(RecordFramer)
    case raw(RawHTTPFramer)
  }

  let index: Int
  let bytes: InputBytes
  var framer: Framer?
  // What is not framed yet of the reader's buffer.
  var start = 0
  var end = 0

  init(index: Int, bytes: InputBytes) {
    self.index = index
    self.bytes = bytes
  }

  func isFull(_ chunk: RecordChunk) -> Bool {
    switch framer {
    case .json(let framer): framer.isFull(chunk)
    case .raw(let framer): framer.isFull(chunk)
    case nil: true
    }
  }

  func frame(_ bytes: Span<UInt8>, into chunk: inout RecordChunk) -> Int {
    switch framer {
    case .json(var framer):
      self.framer = nil  // so that its arrays are not shared while they grow
      defer { self.framer = .json(framer) }
      return framer.frame(bytes, into: &chunk)
    case .raw(var framer):
      self.framer = nil
      defer { self.framer = .raw(framer) }
      return framer.frame(bytes, into: &chunk)
    case nil: return 0
    }
  }

  func finish(into chunk: inout RecordChunk) {
    switch framer {
    case .json(var framer): framer.finish(into: &chunk)
    case .raw(var framer): framer.finish(into: &chunk)
    case nil: break
    }
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
