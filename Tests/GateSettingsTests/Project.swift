import Diagnostics
import Findings
import GateSettings
import TestSupport

/// A directory with a configuration, for one test.
final class Project {
  let directory: TemporaryDirectory

  init(_ names: String...) throws {
    directory = try TemporaryDirectory()
    for name in names { try directory.write(name, "x") }
  }

  var files: ProjectFiles { ProjectFiles(workingDirectory: directory.path) }

  /// Writes and reads a configuration.
  func read(_ text: String, as name: String = "wafcast.yml") throws -> GateConfiguration.Reading {
    try directory.write(name, text)
    return GateConfiguration.read(name, in: files)
  }

  /// Reads a configuration that is right.
  func configuration(
    _ text: String, as name: String = "wafcast.yml"
  ) throws -> GateConfiguration {
    let reading = try read(text, as: name)
    guard reading.diagnostics.isEmpty, let configuration = reading.configuration else {
      throw Unexpected(texts: reading.lines)
    }
    return configuration
  }

  struct Unexpected: Error { var texts: [String] }
}

extension GateConfiguration.Reading {
  /// Each diagnostic in one line: `3:5 error unknown-setting: …; did you mean 'x'?`.
  var lines: [String] {
    diagnostics.map { diagnostic in
      let place = diagnostic.place.flatMap { sources.location(of: $0) }
      let prefix = place.map { "\($0.line):\($0.column) " } ?? ""
      let hint = diagnostic.suggestion.map { "; did you mean '\($0)'?" } ?? ""
      return prefix + "\(diagnostic.severity) \(diagnostic.code): \(diagnostic.message)\(hint)"
    }
  }
}

/// A text in which `¶` marks a place.
struct MarkedText {
  var text: String
  /// `3:5`.
  var place: String

  init(_ marked: String) {
    var text = ""
    var place = ""
    var (line, column) = (1, 1)
    for character in marked {
      if character == "¶" {
        place = "\(line):\(column)"
        continue
      }
      text.append(character)
      (line, column) = character == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    self.text = text
    self.place = place
  }
}

extension Metrics.Change {
  /// A change with clients of these numbers.
  init(
    _ kind: FindingKind, _ route: String, by rule: String = "r", exact: Int = 0, assumed: Int = 0,
    possible: Int = 0, clients: Set<UInt64>? = [1]
  ) {
    let parts = route.split(separator: " ", maxSplits: 1).map(String.init)
    self.init(
      kind: kind, rule: rule, path: parts[1], method: parts[0],
      requests: CertaintyCounts(exact: exact, assumed: assumed, possible: possible),
      clients: clients, clientCount: BlastRadius.Count(clients?.count ?? 0))
  }
}
