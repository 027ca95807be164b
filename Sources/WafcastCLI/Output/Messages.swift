import Diagnostics
import Foundation

/// What is said on standard error.
enum Messages {
  /// Writes a line; errors are left alone, as nobody listens where standard error is closed.
  static func print(_ message: String, terminator: String = "\n") {
    try? StandardOutput(descriptor: STDERR_FILENO, name: "standard error")
      .write(message + terminator)
  }

  /// Writes diagnostics with the lines that they are about.
  static func print(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
    for diagnostic in diagnostics { print(sources.render(diagnostic)) }
    let errors = diagnostics.filter { $0.severity == .error }.count
    if errors > 0 { print("\(errors) \(errors == 1 ? "error" : "errors")") }
  }
}
