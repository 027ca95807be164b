import CZlib

/// Inflates gzip data, piece by piece.
///
/// INVARIANT: `stream` is initialised from `init` to `deinit`, and its pointers are set only for
/// the time of a call.
@safe final class GzipInflater {
  private let stream: UnsafeMutablePointer<z_stream>

  /// An inflater at the start of a member; nil when zlib has no memory.
  init?() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe wafcast_inflate_init(stream) == Z_OK else {
      unsafe stream.deallocate()
      return nil
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Goes to the start of the next member; false when that is not possible.
  func beginMember() -> Bool { unsafe inflateReset(stream) == Z_OK }

  /// Inflates from `input[inputStart..<inputEnd]` into `output` from `outputStart` on; says how
  /// many bytes of each were used.
  func inflate(
    _ input: inout [UInt8], _ inputStart: Int, _ inputEnd: Int, into output: inout [UInt8],
    from outputStart: Int
  ) -> Inflater.Step {
    let inputCount = min(inputEnd, input.count) - inputStart
    let outputCount = output.count - outputStart
    guard inputStart >= 0, inputCount >= 0, outputStart >= 0, outputCount > 0 else {
      return (.running, 0, 0)
    }
    let stream = unsafe self.stream
    let result = unsafe input.withUnsafeMutableBufferPointer { (source) -> Int32 in
      unsafe output.withUnsafeMutableBufferPointer { (target) -> Int32 in
        guard let sourceBase = source.baseAddress, let targetBase = target.baseAddress else {
          return Z_BUF_ERROR
        }
        // Sound: zlib reads and writes inside the two buffers for the time of this call only.
        unsafe stream.pointee.next_in = sourceBase + inputStart
        unsafe stream.pointee.avail_in = UInt32(clamping: inputCount)
        unsafe stream.pointee.next_out = targetBase + outputStart
        unsafe stream.pointee.avail_out = UInt32(clamping: outputCount)
        let result = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        unsafe stream.pointee.next_in = nil
        unsafe stream.pointee.next_out = nil
        return result
      }
    }
    let inputUsed = unsafe min(inputCount, Int(UInt32.max)) - Int(stream.pointee.avail_in)
    let outputUsed = unsafe min(outputCount, Int(UInt32.max)) - Int(stream.pointee.avail_out)
    return switch result {
    case Z_OK, Z_BUF_ERROR: (.running, inputUsed, outputUsed)
    case Z_STREAM_END: (.endOfMember, inputUsed, outputUsed)
    default: (.corrupt, inputUsed, outputUsed)
    }
  }
}
