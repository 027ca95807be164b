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
  output.reserveCapacity(input.count + 1)
  let isAbsolute = input[0] == slash
  if isAbsolute { output.append(slash) }
  // What `..` cannot remove: the root, or the `..` segments a relative path starts with.
  var floor = output.count
  var start = 0
  while start < input.count {
    let end = input.firstIndex(of: slash, from: start) ?? input.count
    switch segmentKind(input, start..<end) {
    case .removable:
      break
    case .parent where output.count > floor:
      removeLastSegment(of: &output, downTo: floor)
    case .parent where isAbsolute:
      break
    case .parent:
      output.append(contentsOf: input.extracting(start..<end))
      output.append(slash)
      floor = output.count
    case .name:
      output.append(contentsOf: input.extracting(start..<end))
      output.append(slash)
    }
    start = end + 1
  }
  if output.isEmpty {
    if flipping.contains(.emptyRelativePath) { output.append(slash) }
    return TransformEffect(changed: true, questions: .emptyRelativePath)
  }
  let endsInSlash = input[input.count - 1] == slash
  if !endsInSlash, output.count > (isAbsolute ? 1 : 0) { output.removeLast() }
  return TransformEffect(changed: !output.span.equals(input))
}

private let slash = UInt8(ascii: "/")
private let dot = UInt8(ascii: ".")

private enum SegmentKind {
  case name
  /// Nothing or `.`.
  case removable
  /// `..`.
  case parent
}

private func segmentKind(_ input: Span<UInt8>, _ segment: Range<Int>) -> SegmentKind {
  switch segment.count {
  case 0: .removable
  case 1: input[segment.lowerBound] == dot ? .removable : .name
  case 2:
    input[segment.lowerBound] == dot && input[segment.lowerBound + 1] == dot ? .parent : .name
  default: .name
  }
}

/// Whether there is a `//`, a `.` segment or a `..` segment: without one the path is normal.
private func hasRemovableSegment(_ input: Span<UInt8>) -> Bool {
  var start = 0
  while start < input.count {
    let end = input.firstIndex(of: slash, from: start) ?? input.count
    // The empty segment before the slash of an absolute path is no repetition.
    if end > 0, segmentKind(input, start..<end) != .name { return true }
    start = end + 1
  }
  return false
}

/// Removes the last segment and its slash.
private func removeLastSegment(of output: inout [UInt8], downTo floor: Int) {
  var count = output.count - 1
  while count > floor, output[count - 1] != slash { count -= 1 }
  output.removeSubrange(count...)
}
