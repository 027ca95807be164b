import Bytes

/// What the bytes from one place of an input become.
struct Rewrite {
  /// The byte in their place; nil where they are deleted.
  var byte: UInt8?
  /// How many bytes of the input are replaced.
  var length: Int
}

/// Writes `input` with every rewrite made, in one pass from left to right.
///
/// `rewrite` is asked at every byte that no earlier rewrite took; what it gives must differ from
/// the bytes that it replaces.
///
/// - Returns: whether there was a rewrite; `output` stays empty where there was none.
@inline(__always)
func rewriting(
  _ input: Span<UInt8>, into output: inout [UInt8], _ rewrite: (Span<UInt8>, Int) -> Rewrite?
) -> Bool {
  var changed = false
  // Everything before `copied` is in the output already.
  var copied = 0
  var index = 0
  while index < input.count {
    guard let replacement = rewrite(input, index) else {
      index += 1
      continue
    }
    if !changed { output.reserveCapacity(input.count) }
    changed = true
    output.append(contentsOf: input.extracting(copied..<index))
    if let byte = replacement.byte { output.append(byte) }
    index += replacement.length
    copied = index
  }
  if changed { output.append(contentsOf: input.extracting(copied..<input.count)) }
  return changed
}
