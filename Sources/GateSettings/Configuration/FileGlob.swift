/// Finds the files of a pattern.
///
/// `PathPattern` says what the stars stand for. Names that begin with a dot are found by segments
/// that do so too; `**` follows no links, so that no loop can arise; a `**` at the end is every
/// file below, any other last segment files and directories.
struct FileGlob {
  private let files: ProjectFiles
  private var found: Set<String> = []

  /// The paths that a pattern stands for, sorted by their bytes.
  static func paths(of pattern: String, in files: ProjectFiles) -> [String] {
    var glob = FileGlob(files: files)
    var segments = PathPattern(pattern).segments[...]
    var prefix = ""
    if segments.count > 1, segments.first?.isEmpty == true {
      prefix = "/"
      segments.removeFirst()
    }
    glob.walk(prefix, segments.filter { !$0.isEmpty }[...])
    return glob.found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private init(files: ProjectFiles) {
    self.files = files
  }

  private mutating func walk(_ prefix: String, _ segments: ArraySlice<[Unicode.Scalar]>) {
    guard let segment = segments.first else { return }
    let rest = segments.dropFirst()
    if PathPattern.isAnyDepth(segment) {
      if !rest.isEmpty { walk(prefix, rest) }
      for name in files.names(in: prefix) where !name.hasPrefix(".") {
        let path = prefix + name
        switch files.kind(of: path) {
        case .directory: if !files.isLink(path) { walk(path + "/", segments) }
        case .file: if rest.isEmpty { found.insert(path) }
        case nil: continue
        }
      }
      return
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: segment)
    if PathPattern.isLiteral(text) {
      take(prefix + text, rest)
      return
    }
    for name in files.names(in: prefix) where !name.hasPrefix(".") || segment.first == "." {
      if PathPattern.fits(Array(name.unicodeScalars), segment) { take(prefix + name, rest) }
    }
  }

  private mutating func take(_ path: String, _ rest: ArraySlice<[Unicode.Scalar]>) {
    guard let kind = files.kind(of: path) else { return }
    if rest.isEmpty {
      found.insert(path)
    } else if kind == .directory {
      walk(path + "/", rest)
    }
  }
}
