package import Diagnostics

/// Choices that change how documents are read.
///
/// Rooms add their own in extensions, from bit 8 on.
package struct ReadingFeatures: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// Unknown members are errors, not warnings.
  package static let strict = ReadingFeatures(rawValue: 1 << 0)
  /// What is unknown is kept as opaque with a warning, not refused.
  package static let allowUnknown = ReadingFeatures(rawValue: 1 << 1)
}

/// What the reading of one document shares: its name, the choices, and all that was found.
///
/// A class, since every value that is being read adds to the same list.
package final class ReadingContext {
  /// The document's name, as the user gave it.
  package let file: String

  /// The choices that apply.
  package let features: ReadingFeatures

  /// What was found so far, in the order of the reading.
  package private(set) var diagnostics: [Diagnostic] = []

  /// The indexes of list elements that could not be read, by the list's pointer.
  ///
  /// They are missing in the values; with them an index in a value becomes a pointer again.
  package private(set) var droppedElements: [JSONPointer: [Int]] = [:]

  /// Creates a context.
  package init(file: String, features: ReadingFeatures = []) {
    self.file = file
    self.features = features
  }

  /// Whether an error was reported.
  package var hasErrors: Bool { diagnostics.containsError }

  /// The place of a value or of its key.
  package func place(_ pointer: JSONPointer, _ focus: Place.Focus = .value) -> Place {
    Place(file: file, pointer: pointer, focus: focus)
  }

  /// The number of errors so far.
  package private(set) var mistakeCount = 0

  /// Adds a diagnostic.
  package func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    if diagnostic.severity == .error { mistakeCount += 1 }
  }

  /// Reports an error at a value, or at its key.
  package func error(
    _ code: String, _ message: String, at pointer: JSONPointer, focus: Place.Focus = .value,
    notes: [String] = [], suggestion: String? = nil
  ) {
    report(
      .error(
        code, message, at: place(pointer, focus), notes: notes, suggestion: suggestion))
  }

  /// Reports a warning at a value, or at its key.
  package func warning(
    _ code: String, _ message: String, at pointer: JSONPointer, focus: Place.Focus = .value,
    notes: [String] = [], suggestion: String? = nil
  ) {
    report(
      .warning(
        code, message, at: place(pointer, focus), notes: notes, suggestion: suggestion))
  }

  /// Reports a name that AWS WAF does not have: an error, or a warning where unknown things are
  /// allowed.
  package func unknownName(
    _ code: String, _ message: String, at pointer: JSONPointer, focus: Place.Focus,
    suggestion: String?
  ) {
    let isAllowed = features.contains(.allowUnknown)
    report(
      Diagnostic(
        severity: isAllowed ? .warning : .error, code: code, message: message,
        place: place(pointer, focus), suggestion: suggestion))
  }

  func drop(element index: Int, of list: JSONPointer) {
    droppedElements[list, default: []].append(index)
  }

  /// Reports that a value is of a wrong kind.
  package func wrongType(_ cursor: Cursor, expected: String) {
    error(
      "wrong-type", "\(cursor.name) must be \(expected), not \(cursor.node.kindInWords)",
      at: cursor.pointer)
  }
}
