import Behaviour
import Bytes

/// NORMALIZE_PATH: removes repeated slashes and `.` segments and resolves `..` segments.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide; `..` at the start of the input
/// stays. *Assumed*: an absolute path never rises above `/`; a trailing slash is kept where the
/// input has one and never added; a relative path that resolves to nothing becomes empty (the other
/// reading, a gap of the documentation: `/`).
func applyNormalizePath(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  guard hasRemovableSegment(input) else { return .unchanged }
  return writeNormalPath(of: input, into: &output, flipping: flipping) { $0 }
}

/// Writes the path that `map` makes of `input` in its normal form.
@inline(__always)
func writeNormalPath(
  of input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions,
  _ map: (ByteBlock) -> ByteBlock
) -> TransformEffect {
  mapping(input, into: &output, map)
  // The path is normalized in place: no segment moves to the right.
  let count = unsafe output.withUnsafeMutableBytes { bytes in
    // Sound: there is one byte at least, and the buffer's own count is used.
    unsafe bytes.baseAddress.map { unsafe normalizePath(at: $0, count: bytes.count) } ?? 0
  }
  output.removeLast(output.count - count)
  if count == 0 {
    if flipping.contains(.emptyRelativePath) { output.append(slash) }
    return TransformEffect(changed: true, questions: .emptyRelativePath)
  }
  // What is left are bytes of the input in their order: all of them, or it is another path.
  return TransformEffect(changed: count < input.count)
}

/// Normalizes a path of `count` bytes, one at least, in place; returns how many are left.
///
/// Sound where so many bytes are there.
private func normalizePath(at path: UnsafeMutableRawPointer, count: Int) -> Int {
  let bytes = unsafe UnsafeMutableRawBufferPointer(start: path, count: count)
  let isAbsolute = unsafe bytes[0] == slash
  let endsInSlash = unsafe bytes[count &- 1] == slash
  // INVARIANT: `end` is at most `start`, so that what is written was read. What is kept is counted
  // with the slash behind it, the last segment too where it has none.
  var end = isAbsolute ? 1 : 0
  // What `..` cannot remove: the root, or the `..` segments a relative path starts with.
  var floor = end
  var start = isAbsolute ? 1 : 0
  while start < count {
    var next = start
    while next < count, unsafe bytes[next] != slash { next &+= 1 }
    let length = next &- start
    let isDots =
      unsafe length <= 2 && (length == 0 || bytes[start] == dot)
      && (length < 2 || bytes[start &+ 1] == dot)
    let isParent = isDots && length == 2
    if isParent, end > floor {
      // Removes the last segment and its slash.
      end &-= 1
      while end > floor, unsafe bytes[end &- 1] != slash { end &-= 1 }
    } else if !isDots || isParent && !isAbsolute {
      if end < start {
        unsafe (path + end).copyMemory(from: path + start, byteCount: length)
      }
      end &+= length
      if next < count { unsafe bytes[end] = slash }
      end &+= 1
      if isParent { floor = end }
    }
    start = next &+ 1
  }
  let hasAddedSlash = !endsInSlash && end > (isAbsolute ? 1 : 0)
  return hasAddedSlash ? end &- 1 : end
}

/// Whether there is a `//`, a `.` segment or a `..` segment: without one the path is normal.
private func hasRemovableSegment(_ input: Span<UInt8>) -> Bool {
  // Such a segment begins behind a slash, with a slash or a dot; or with a dot at the start.
  guard !input.isEmpty else { return false }
  let pair = input.firstPair { $0.isByte(slash) .& ($1.isByte(slash) .| $1.isByte(dot)) }
  guard pair != nil || input[0] == dot else { return false }
  var start = 0
  while start < input.count {
    let end = input.firstIndex(of: slash, from: start) ?? input.count
    // The empty segment before the slash of an absolute path is no repetition.
    if end > 0, isRemovable(input, start..<end) { return true }
    start = end + 1
  }
  return false
}

/// Whether the segment is empty, `.` or `..`.
private func isRemovable(_ input: Span<UInt8>, _ segment: Range<Int>) -> Bool {
  guard segment.count <= 2 else { return false }
  for index in segment where input[index] != dot { return false }
  return true
}

private let slash = UInt8(ascii: "/")
private let dot = UInt8(ascii: ".")
