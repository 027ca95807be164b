package import Findings

/// Where a setting comes from.
package enum SettingOrigin: Hashable, Sendable {
  /// Nobody set it.
  case builtIn
  /// A line of the configuration.
  case file(Finding.Location)
  /// An option of the command line: `--base`.
  case option(String)
  /// An argument of the command line.
  case commandLine

  /// `wafcast.yml:12`, `default`, `--base`, `command line`.
  package var text: String {
    switch self {
    case .builtIn: "default"
    case .file(let location): location.file + (location.line.map { ":\($0)" } ?? "")
    case .option(let name): name
    case .commandLine: "command line"
    }
  }

  /// The place in a file; nil for what is set elsewhere.
  package var location: Finding.Location? {
    if case .file(let location) = self { location } else { nil }
  }
}

/// A value and where it comes from.
package struct Setting<Value: Hashable & Sendable>: Hashable, Sendable {
  package var value: Value
  package var origin: SettingOrigin

  package init(_ value: Value, from origin: SettingOrigin = .builtIn) {
    self.value = value
    self.origin = origin
  }
}
