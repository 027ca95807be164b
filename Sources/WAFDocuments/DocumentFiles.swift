import Diagnostics
import Foundation

/// Finds and reads document files.
enum DocumentFiles {
  /// The extensions of the files that a directory contributes.
  static let extensions: Set = ["json", "yaml", "yml"]

  /// The documents of a path: the file itself, or a directory's documents sorted by name.
  static func documents(at path: String) throws(Diagnostic) -> (
    paths: [String], isDirectory: Bool
  ) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .error("file-not-found", "there is no file '\(path)'")
    }
    guard isDirectory.boolValue else { return ([path], false) }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw .error("unreadable-directory", "the directory '\(path)' can't be read")
    }
    let prefix = path.hasSuffix("/") ? path : path + "/"
    return (names.sorted().filter(isDocument).map { prefix + $0 }, true)
  }

  /// Whether a directory contributes a file of this name.
  static func isDocument(_ name: String) -> Bool {
    guard !name.hasPrefix("."), let dot = name.lastIndex(of: ".") else { return false }
    // Tests and settings stand beside web ACLs and are none.
    let stem = name[..<dot].lowercased()
    guard !stem.hasSuffix(".test"), stem != "wafcast" else { return false }
    return extensions.contains(name[name.index(after: dot)...].lowercased())
  }

  /// The bytes of a file, or of a pipe that the shell made a path for.
  static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      return Array(try handle.readToEnd() ?? Data())
    } catch {
      let reason =
        FileManager.default.isReadableFile(atPath: path) ? "" : ": permission denied"
      throw .error("unreadable-file", "the file '\(path)' can't be read\(reason)")
    }
  }

  /// The path with links and dots resolved, to tell whether two paths are one file.
  static func identity(of path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
