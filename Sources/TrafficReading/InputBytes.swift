/// The bytes of one input, decompressed where they are compressed.
final class InputBytes {
  private let file: FileBytes
  /// What the input is.
  let format: InputFormat
  private let inflater: Inflater?
  private var hasEnded = false

  // Bytes read from the file and not used yet: `buffer[start..<end]`.
  private var buffer: [UInt8]
  private var start = 0
  private var end = 0
  private var fileHasEnded = false
  /// Whether inflating is inside a member of the file.
  private var isInMember = true

  /// The number of bytes read from the file so far.
  var bytesRead: Int { file.offset }

  init(_ file: FileBytes, bufferBytes: Int) throws(SystemError) {
    self.file = file
    buffer = [UInt8](repeating: 0, count: max(bufferBytes, InputFormat.probeBytes))
    while end < InputFormat.probeBytes {
      let count = try file.read(into: &buffer, from: end)
      if count == 0 {
        fileHasEnded = true
        break
      }
      end += count
    }
    format = InputFormat(firstBytes: buffer[..<end])
    inflater = try Inflater(format)
  }

  /// Reads the next bytes into `output` from `outputStart`, which is not its end, at least one unless
  /// the input ends; returns their number.
  func read(
    into output: inout [UInt8], from outputStart: Int,
    notice: (InputNotice.Kind, Int) -> Void
  ) throws(SystemError) -> Int {
    guard let inflater else { return try readPlain(into: &output, from: outputStart) }
    var used = 0
    while used == 0, !hasEnded {
      if !isInMember {
        try beginNextMember(inflater, notice: notice)
        continue
      }
      if start == end, !fileHasEnded { try refill() }
      // Even then the inflater may hold bytes that the output had no room for.
      let isAtEnd = start == end
      let step = inflater.inflate(&buffer, start, end, into: &output, from: outputStart)
      start += step.inputUsed
      used = step.outputUsed
      switch step.status {
      case .running:
        // No step forward with input and room at hand is no sound data.
        if step.inputUsed == 0, step.outputUsed == 0 {
          stop(with: isAtEnd ? .truncatedData(format) : .corruptData(format), notice)
        }
      case .endOfMember: isInMember = false
      case .corrupt: stop(with: .corruptData(format), notice)
      case .windowTooLarge: stop(with: .windowTooLarge, notice)
      }
    }
    return used
  }

  private func readPlain(
    into output: inout [UInt8], from outputStart: Int
  ) throws(SystemError) -> Int {
    guard start < end else {
      return fileHasEnded ? 0 : try file.read(into: &output, from: outputStart)
    }
    // The bytes that told the format.
    let count = min(end - start, output.count - outputStart)
    output.replaceSubrange(
      outputStart..<outputStart + count, with: buffer[start..<start + count])
    start += count
    return count
  }

  /// After a member: another one, the end of the file, or bytes that do not belong there.
  private func beginNextMember(
    _ inflater: Inflater, notice: (InputNotice.Kind, Int) -> Void
  ) throws(SystemError) {
    while end - start < InputFormat.probeBytes, !fileHasEnded { try refill() }
    if InputFormat(firstBytes: buffer[start..<end]) == format, inflater.beginMember() {
      isInMember = true
    } else if start < end {
      stop(with: .trailingGarbage(format), notice)
    } else {
      hasEnded = true
    }
  }

  /// Takes nothing more of the file, for a reason at the byte at hand.
  private func stop(with kind: InputNotice.Kind, _ notice: (InputNotice.Kind, Int) -> Void) {
    notice(kind, file.offset - (end - start))
    hasEnded = true
  }

  /// Moves what is left to the front and reads more behind it.
  private func refill() throws(SystemError) {
    if start > 0 {
      let left = end - start
      if left > 0 { buffer.replaceSubrange(0..<left, with: Array(buffer[start..<end])) }
      start = 0
      end = left
    }
    let count = try file.read(into: &buffer, from: end)
    if count == 0 { fileHasEnded = true }
    end += count
  }
}
