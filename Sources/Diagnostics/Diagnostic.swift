/// Something that is wrong, or worth knowing, about a document.
///
/// A diagnostic holds data; ``SourceMap/render(_:)`` makes its text.
public struct Diagnostic: Hashable, Sendable, Error {
  /// How much it matters.
  public var severity: Severity

  /// A stable name for the kind of trouble, such as `unknown-statement`.
  public var code: String

  /// What is wrong, in one sentence without a final full stop.
  public var message: String

  /// Where it is wrong; `nil` where no document is involved.
  public var place: Place?

  /// More that helps to understand or to cure it, one sentence each.
  public var notes: [String]

  /// The word that was probably meant.
  public var suggestion: String?

  /// Creates a diagnostic.
  public init(
    severity: Severity, code: String, message: String, place: Place? = nil,
    notes: [String] = [], suggestion: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.place = place
    self.notes = notes
    self.suggestion = suggestion
  }

  /// Creates an error.
  public static func error(
    _ code: String, _ message: String, at place: Place? = nil, notes: [String] = [],
    suggestion: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      severity: .error, code: code, message: message, place: place, notes: notes,
      suggestion: suggestion)
  }

  /// Creates a warning.
  public static func warning(
    _ code: String, _ message: String, at place: Place? = nil, notes: [String] = [],
    suggestion: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      severity: .warning, code: code, message: message, place: place, notes: notes,
      suggestion: suggestion)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// One line without the source, for logs and test failures.
  public var description: String {
    var text = "\(severity.rawValue)[\(code)]: \(printable(message))"
    if let suggestion {
      text += " (did you mean '\(printable(suggestion))'?)"
    }
    guard let place else { return text }
    let pointer = place.pointer.isRoot ? "" : "#" + place.pointer.description
    return printable(place.file + pointer) + ": " + text
  }
}

extension Sequence where Element == Diagnostic {
  /// Whether an error is among them.
  public var containsError: Bool { contains { $0.severity == .error } }
}
