import Diagnostics
import Matching

extension Compiler {
  /// Compiles a pattern; `nil` where it is not valid, so that what depends on it is unknown.
  ///
  /// What the service refuses in a valid pattern is for the checks of the documents to say. That one
  /// is not valid they say as well, in the same words at the same place; it is said here again, since
  /// not every pattern that is compiled comes out of a checked document.
  mutating func compile(_ source: String, _ place: Place) -> CompiledPattern? {
    // Rules often look for one pattern in several fields.
    if let known = patterns[source] { return known }
    let bytes = Array(source.utf8)
    do {
      let pattern = try CompiledPattern(bytes)
      patterns[source] = pattern
      return pattern
    } catch {
      switch error {
      case .syntax(let offset, let message):
        let before = String(decoding: bytes.prefix(offset), as: UTF8.self).unicodeScalars.count
        report(
          .error, "invalid-regex", "\(message) (at character \(before + 1) of the pattern)", place)
      case .tooLong, .outOfMemory:
        report(.error, "invalid-regex", "the pattern is too large to compile", place)
      }
      return nil
    }
  }
  /// Notes, once a pattern, that no literal stands before it, so that it can't be passed over.
  mutating func noteIfUnfiltered(_ pattern: CompiledPattern, _ place: Place) {
    guard judgedPatterns.insert(pattern.source).inserted,
      pattern.isApproximate || pattern.requiredLiterals == nil
    else { return }
    diagnostics.append(
      Diagnostic(
        severity: .note, code: "unfiltered-regex",
        message: "the expression is run on every value of its component: "
          + (pattern.isApproximate
            ? "what it may look around for can't be told beforehand"
            : "no rare text is in all that it matches"),
        place: place,
        notes: ["`wafcast explain --program` shows which text stands before the others"]))
  }
}
