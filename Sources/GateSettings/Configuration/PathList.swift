package import Diagnostics

/// Files and directories that a setting names, each by a path or a pattern.
package struct PathList: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// As seen from the working directory.
    package var pattern: String
    package var origin: SettingOrigin
    /// Its place in the configuration; nil for what the command line names.
    package var place: Place?
    /// What it stands for, sorted; the pattern itself until it is expanded.
    package var paths: [String]

    package init(_ pattern: String, from origin: SettingOrigin, at place: Place? = nil) {
      self.pattern = pattern
      self.origin = origin
      self.place = place
      paths = [pattern]
    }
  }

  /// What the entries may stand for.
  package enum Content: Hashable, Sendable {
    case filesAndDirectories
    case files
    case directories
  }

  package var entries: [Entry]

  package init(_ entries: [Entry] = []) {
    self.entries = entries
  }

  /// All that the entries stand for, each once, in their order.
  package var paths: [String] {
    var seen: Set<String> = []
    return entries.flatMap(\.paths).filter { seen.insert($0).inserted }
  }

  /// Replaces patterns by what they stand for.
  ///
  /// What the command line names is left as it is: the shell has expanded it.
  ///
  /// - Returns: an error for each entry that stands for nothing.
  mutating func expand(in files: ProjectFiles, to content: Content) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for index in entries.indices {
      guard let place = entries[index].place else { continue }
      let pattern = entries[index].pattern
      // A file may have a star in its name.
      let isPath = files.kind(of: pattern) != nil || PathPattern(pattern).isLiteral
      let found = isPath ? [pattern] : FileGlob.paths(of: pattern, in: files)
      entries[index].paths = found.filter { Self.fits(files.kind(of: $0), content) }
      guard entries[index].paths.isEmpty else { continue }
      diagnostics.append(Self.problem(pattern, found, isPath: isPath, content, at: place, files))
    }
    return diagnostics
  }

  private static func fits(_ kind: ProjectFiles.Kind?, _ content: Content) -> Bool {
    switch content {
    case .filesAndDirectories: kind != nil
    case .files: kind == .file
    case .directories: kind == .directory
    }
  }

  private static func problem(
    _ pattern: String, _ found: [String], isPath: Bool, _ content: Content, at place: Place,
    _ files: ProjectFiles
  ) -> Diagnostic {
    guard isPath else {
      return .error(
        "no-such-file", "no file fits '\(pattern)'", at: place,
        notes: ["'*' and '?' stay inside one segment of a path, '**/' is any number of them"])
    }
    switch files.kind(of: pattern) {
    case nil: return .error("no-such-file", "there is no file '\(pattern)'", at: place)
    case .directory:
      return .error(
        "no-such-file", "'\(pattern)' is a directory; files are asked for", at: place,
        suggestion: pattern + "/**")
    case .file:
      return .error(
        "no-such-file", "'\(pattern)' is a file; a directory is asked for", at: place)
    }
  }
}
