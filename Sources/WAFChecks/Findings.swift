import Diagnostics

/// What the checks of one document found.
///
/// A class, since all the checks of a document add to the same list.
final class Findings {
  /// The document's name, as the user gave it.
  let file: String
  /// What was found, in the order of the checks.
  private(set) var diagnostics: [Diagnostic] = []
  private var judgements: [String: PatternJudgement] = [:]

  init(file: String) {
    self.file = file
  }

  /// Reports what the service refuses.
  func refuse(
    _ code: CheckCode, _ message: String, at pointer: JSONPointer,
    focus: Place.Focus = .value, from authority: Authority? = nil, notes: [String] = [],
    suggestion: String? = nil
  ) {
    add(
      .error, code, message, at: pointer, focus: focus, from: authority, notes: notes,
      suggestion: suggestion)
  }

  /// Reports what the service takes, or may take, but that can hardly be meant.
  func warn(
    _ code: CheckCode, _ message: String, at pointer: JSONPointer,
    focus: Place.Focus = .value, from authority: Authority? = nil, notes: [String] = [],
    suggestion: String? = nil
  ) {
    add(
      .warning, code, message, at: pointer, focus: focus, from: authority, notes: notes,
      suggestion: suggestion)
  }

  /// What is to be said of a pattern; rules often look for one in several fields.
  func judgement(of pattern: String) -> PatternJudgement {
    if let known = judgements[pattern] { return known }
    let judgement = PatternJudgement(pattern)
    judgements[pattern] = judgement
    return judgement
  }

  private func add(
    _ severity: Severity, _ code: CheckCode, _ message: String, at pointer: JSONPointer,
    focus: Place.Focus, from authority: Authority?, notes: [String], suggestion: String?
  ) {
    diagnostics.append(
      Diagnostic(
        severity: severity, code: code.rawValue, message: message,
        place: Place(file: file, pointer: pointer, focus: focus),
        notes: notes + (authority.map { ["documented in: \($0.rawValue)"] } ?? []),
        suggestion: suggestion))
  }
}
