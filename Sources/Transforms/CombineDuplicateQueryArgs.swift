import Behaviour
import Bytes

/// COMBINE_DUPLICATE_QUERY_ARGS_BY_COMMA: the values of equal keys, joined with commas, at the place
/// of the first; the others are removed.
///
/// *Documented*: "Using pre-parse text transformations in AWS WAF", AWS WAF Developer Guide.
/// *Assumed*: an argument without `=` joins as an empty value; empty segments are no arguments and
/// stay; keys are equal where their bytes are (a gap of the documentation, the other reading: the
/// case of letters aside, with the spelling of the first).
func applyCombineDuplicateQueryArgs(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  guard input.firstIndex(of: ampersand) != nil else { return .unchanged }
  let segments = querySegments(of: input)
  let exact = grouped(segments, of: input, foldingCase: false)
  let folded = grouped(segments, of: input, foldingCase: true)
  let questions: OpenQuestions = folded.count < exact.count ? .argumentKeyCase : []
  let groups = flipping.contains(.argumentKeyCase) ? folded : exact
  guard groups.count < segments.count else {
    return TransformEffect(changed: false, questions: questions)
  }
  output.removeAll(keepingCapacity: true)
  output.reserveCapacity(input.count + 1)
  for (position, group) in groups.enumerated() {
    if position > 0 { output.append(ampersand) }
    let first = group[0]
    output.append(contentsOf: input.extracting(first.start..<first.end))
    if group.count > 1, first.keyEnd == first.end { output.append(UInt8(ascii: "=")) }
    for other in group.dropFirst() {
      output.append(UInt8(ascii: ","))
      output.append(contentsOf: input.extracting(other.valueStart..<other.end))
    }
  }
  return TransformEffect(changed: true, questions: questions)
}

private let ampersand = UInt8(ascii: "&")

/// What is between two ampersands.
private struct QuerySegment {
  var start: Int
  /// The position of the first `=`, the end without one.
  var keyEnd: Int
  var end: Int

  var valueStart: Int { min(keyEnd + 1, end) }
}

private func querySegments(of input: Span<UInt8>) -> [QuerySegment] {
  var segments: [QuerySegment] = []
  var start = 0
  while start <= input.count {
    let end = input.firstIndex(of: ampersand, from: start) ?? input.count
    let keyEnd = input.extracting(start..<end).firstIndex(of: UInt8(ascii: "="))
    segments.append(QuerySegment(start: start, keyEnd: keyEnd.map { start + $0 } ?? end, end: end))
    start = end + 1
  }
  return segments
}

/// The segments of equal keys together, in the order of the first of each; an empty segment is
/// alone.
private func grouped(
  _ segments: [QuerySegment], of input: Span<UInt8>, foldingCase: Bool
) -> [[QuerySegment]] {
  var groups: [[QuerySegment]] = []
  var positions: [[UInt8]: Int] = [:]
  for segment in segments {
    if segment.start < segment.end {
      let bytes = input.extracting(segment.start..<segment.keyEnd)
      let key = foldingCase ? bytes.asciiLowercased : [UInt8](bytes)
      if let position = positions[key] {
        groups[position].append(segment)
        continue
      }
      positions[key] = groups.count
    }
    groups.append([segment])
  }
  return groups
}
