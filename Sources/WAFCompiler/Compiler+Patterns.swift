import Diagnostics
import Matching

extension Compiler {
  /// Compiles a pattern; `nil` where it is not valid, so that what depends on it is unknown.
  ///
  /// What the service refuses in a valid pattern is for the checks of the documents to say. That one
  /// is not valid they say as well, in the same words at the same place; it is said here again, since
  /// not every pattern that is compiled comes out of a checked document.
  mutating func compile(_ source: String, _ place: Place) -> CompiledPattern? {
    let bytes = Array(source.utf8)
    do {
      return try CompiledPattern(bytes)
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
}
