import Foundation

/// What to read: an ordered list of inputs.
package struct TrafficInput: Hashable, Sendable {
  /// One input.
  package enum Source: Hashable, Sendable {
    /// The file of this path.
    case file(String)
    /// The file of this path, which was found in a directory: it counts only where it is traffic.
    case foundFile(String)
    /// Standard input.
    case standardInput

    /// The input's name for people.
    package var name: String {
      switch self {
      case .file(let path), .foundFile(let path): path
      case .standardInput: "standard input"
      }
    }
  }

  /// The inputs in the order of reading.
  package var sources: [Source]

  package init(sources: [Source]) {
    self.sources = sources
  }

  /// The inputs of paths as given on a command line: files, directories, and `-` for standard
  /// input.
  ///
  /// A directory stands for the files in it, at any depth, in the order of their paths; files whose
  /// name begins with a dot, `_SUCCESS`, `*.crc` and files of no bytes are left out. Links to
  /// directories inside a directory are not followed, so that no loop can arise. What such a file is
  /// its first bytes say: one that begins neither JSON nor a raw request is left out with a notice,
  /// unless its name is one that recordings have. The order of paths is that of time in the layout
  /// that AWS WAF writes to S3 (`…/WAFLogs/REGION/ACL/YYYY/MM/dd/HH/mm/…`).
  package init(paths: [String]) throws(TrafficInputError) {
    var sources: [Source] = []
    for path in paths {
      if path == "-" {
        guard !sources.contains(.standardInput) else { throw .standardInputTwice }
        sources.append(.standardInput)
        continue
      }
      guard let isDirectory = Self.isDirectory(path) else { throw .missing(path: path) }
      guard isDirectory else {
        sources.append(.file(path))
        continue
      }
      var found: [String] = []
      try Self.collect(path, into: &found)
      // By bytes, so that the order does not depend on the language of the machine.
      found.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      sources += found.map { .foundFile($0) }
    }
    self.sources = sources
  }

  private static func collect(
    _ directory: String, into found: inout [String]
  ) throws(TrafficInputError) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      throw .unreadableDirectory(path: directory)
    }
    for name in names where !isLeftOut(name) {
      let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
      guard let isDirectory = Self.isDirectory(path) else { continue }  // a link to nothing
      if isDirectory {
        if !isLink(path) { try collect(path, into: &found) }
      } else if !isEmptyFile(path) {
        found.append(path)
      }
    }
  }

  /// Whether a path, links followed, is a directory; nil when there is nothing.
  private static func isDirectory(_ path: String) -> Bool? {
    var isDirectory: ObjCBool = false
    // Sound: the pointer is used for the time of the call.
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      return nil
    }
    return isDirectory.boolValue
  }

  private static func isLeftOut(_ name: String) -> Bool {
    name.hasPrefix(".") || name == "_SUCCESS" || name.hasSuffix(".crc")
  }

  /// Whether a name is one that recordings have, so that a file which cannot be read is a fault.
  static func isNameOfTraffic(_ path: String) -> Bool {
    let name = path.lowercased()
    return [".log", ".gz", ".zst", ".json", ".jsonl", ".ndjson", ".har", ".req", ".http"]
      .contains { name.hasSuffix($0) }
  }

  private static func isLink(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType == .typeSymbolicLink
  }

  private static func isEmptyFile(_ path: String) -> Bool {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    return (attributes?[.size] as? NSNumber)?.intValue == 0
  }
}

/// Why a list of paths is no input.
package enum TrafficInputError: Error, Hashable, Sendable {
  /// There is nothing at the path.
  case missing(path: String)
  /// The directory cannot be listed.
  case unreadableDirectory(path: String)
  /// `-` is given more than once.
  case standardInputTwice

  /// The error in words.
  package var message: String {
    switch self {
    case .missing(let path): "\(path): no such file or directory"
    case .unreadableDirectory(let path): "\(path): the directory cannot be read"
    case .standardInputTwice: "standard input ('-') can be read only once"
    }
  }
}
