import CZstd

/// Inflates zstd data, piece by piece.
///
/// Frames may follow one another, skippable ones among them, which hold nothing. A frame that needs a
/// window of more than 128 MiB is refused: that is what the reference implementation's command line
/// decompresses unless it is told otherwise, and a bound on the memory that a file can claim.
///
/// INVARIANT: `stream` is there from `init` to `deinit`.
@safe final class ZstdInflater {
  private let stream: OpaquePointer

  /// 128 MiB, as a power of two.
  private static let windowLog: Int32 = 27

  /// An inflater at the start of a frame; nil when the library has no memory.
  init?() {
    guard let stream = unsafe ZSTD_createDStream() else { return nil }
    let result = unsafe ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, Self.windowLog)
    guard ZSTD_isError(result) == 0 else {
      unsafe ZSTD_freeDStream(stream)
      return nil
    }
    unsafe self.stream = stream
  }

  deinit {
    unsafe ZSTD_freeDStream(stream)
  }

  /// Goes to the start of the next frame; false when that is not possible.
  func beginMember() -> Bool {
    ZSTD_isError(unsafe ZSTD_DCtx_reset(stream, ZSTD_reset_session_only)) == 0
  }

  /// Inflates from `input[inputStart..<inputEnd]` into `output` from `outputStart` on.
  func inflate(
    _ input: [UInt8], _ inputStart: Int, _ inputEnd: Int, into output: inout [UInt8],
    from outputStart: Int
  ) -> Inflater.Step {
    let inputCount = min(inputEnd, input.count) - inputStart
    let outputCount = output.count - outputStart
    guard inputStart >= 0, inputCount >= 0, outputStart >= 0, outputCount > 0 else {
      return (.running, 0, 0)
    }
    let stream = unsafe self.stream
    return unsafe input.withUnsafeBytes { (source) -> Inflater.Step in
      unsafe output.withUnsafeMutableBytes { (target) -> Inflater.Step in
        guard let sourceBase = source.baseAddress, let targetBase = target.baseAddress else {
          return (.running, 0, 0)
        }
        // Sound: the library reads and writes inside the two buffers for the time of this call only.
        var from = unsafe ZSTD_inBuffer(src: sourceBase + inputStart, size: inputCount, pos: 0)
        var into = unsafe ZSTD_outBuffer(dst: targetBase + outputStart, size: outputCount, pos: 0)
        let result = unsafe ZSTD_decompressStream(stream, &into, &from)
        return unsafe (Self.status(result), from.pos, into.pos)
      }
    }
  }

  private static func status(_ result: Int) -> Inflater.Status {
    guard ZSTD_isError(result) != 0 else { return result == 0 ? .endOfMember : .running }
    return ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge
      ? .windowTooLarge : .corrupt
  }
}
