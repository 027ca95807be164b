import Bytes
import CrossSiteScripting
import SQLInjection
import WAFProgram
import WAFRequests

extension Evaluator {
  /// What a detector of attacks says of one value.
  ///
  /// Source: "SQL injection attack rule statement" and "Cross-site scripting attack rule statement"
  /// of the developer guide; the logic is not published (Q22), so that what our own detectors say is
  /// approximate either way. The user may assume an answer instead.
  func testDetector(
    _ detector: Detector, _ element: Element, _ record: borrowing RequestRecord
  ) -> Answer {
    if element.state == .shortened { return .unknown(.notRecorded) }
    if isHarmless(element, record) {
      return element.state == .prefix
        ? .unknown(.notRecorded) : Answer(.no, .approximate, .harmlessValue)
    }
    switch program.detectorAssumptions[detector] {
    case .match: return Answer(.match, .assumed, .undetected)
    case .unknown: return .unknown(.unknowable)
    case .noMatch:
      return element.state == .prefix ? .unknown(.notRecorded) : Answer(.no, .assumed, .undetected)
    case nil: break
    }
    // How a value goes on may change what its start means: an open quote may close.
    if element.state == .prefix { return .unknown(.notRecorded) }
    return Answer(Ternary(finds(detector, element, record)), .approximate, .detector)
  }

  /// Whether a value consists of letters, digits and `_`: no attack by anyone's logic.
  private func isHarmless(_ element: Element, _ record: borrowing RequestRecord) -> Bool {
    element.isInArena
      ? arena.span.extracting(element.range.bounds).isHarmless
      : record.storage.span.extracting(element.range.bounds).isHarmless
  }

  private func finds(
    _ detector: Detector, _ element: Element, _ record: borrowing RequestRecord
  ) -> Bool {
    element.isInArena
      ? detector.finds(in: arena.span.extracting(element.range.bounds))
      : detector.finds(in: record.storage.span.extracting(element.range.bounds))
  }
}

extension Detector {
  fileprivate func finds(in value: Span<UInt8>) -> Bool {
    switch self {
    case .sqlInjectionLow:
      SQLInjectionDetector.findAttack(in: value, sensitivity: .low) != nil
    case .sqlInjectionHigh:
      SQLInjectionDetector.findAttack(in: value, sensitivity: .high) != nil
    case .crossSiteScripting:
      CrossSiteScriptingDetector.findAttack(in: value) != nil
    }
  }
}

extension Span<UInt8> {
  fileprivate var isHarmless: Bool { firstIndexOfNonWordByte() == nil }
}
