import Bytes
import WAFProgram
import WAFRequests

extension Evaluator {
  /// What a detector of attacks says of one value.
  ///
  /// Source: "SQL injection attack rule statement" and "Cross-site scripting attack rule statement"
  /// of the developer guide; the logic is not published (Q22). A word of letters, digits and `_` is
  /// assumed to be no attack by anyone's logic; of anything else a named assumption says that it is
  /// none, unless the user assumes otherwise.
  func testDetector(
    _ detector: Detector, _ element: Element, _ record: borrowing RequestRecord
  ) -> Answer {
    let isHarmless =
      element.isInArena
      ? arena.span.extracting(element.range.bounds).isHarmless
      : record.storage.span.extracting(element.range.bounds).isHarmless
    if isHarmless {
      return element.state == .prefix
        ? .unknown(.notRecorded) : Answer(.no, .approximate, .harmlessValue)
    }
    if element.state == .shortened { return .unknown(.notRecorded) }
    switch program.detectorAssumptions[detector] {
    case .match: return Answer(.match, .assumed, .undetected)
    case .unknown: return .unknown(.unknowable)
    case .noMatch, nil:
      return element.state == .prefix
        ? .unknown(.notRecorded) : Answer(.no, .assumed, .undetected)
    }
  }
}

extension Span<UInt8> {
  fileprivate var isHarmless: Bool { firstIndex { !$0.isWordByte } == nil }
}
