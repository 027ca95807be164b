package import Diagnostics
import Foundation

extension ACLTestFile {
  private static let endings = [".test.yml", ".test.yaml", ".test.json"]

  /// Whether a file's name is one of test files: `*.test.yml`, `*.test.yaml`, `*.test.json`.
  package static func isName(_ name: String) -> Bool {
    let name = name.lowercased()
    return endings.contains { name.hasSuffix($0) }
  }

  /// The test files of paths: files as they are, and the test files in directories, at any depth.
  ///
  /// Hidden folders, `node_modules` and links to folders are left out. The order is that of the
  /// paths given, in a directory that of the bytes of the paths; none comes twice.
  package static func files(at paths: [String]) throws(Diagnostic) -> [String] {
    var files: [String] = []
    for path in paths {
      var isDirectory: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
        throw .error("file-not-found", "there is no file '\(path)'")
      }
      guard isDirectory.boolValue else {
        files.append(path)
        continue
      }
      var found: [String] = []
      try collect(path == "." ? "" : path, into: &found)
      files += found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    var seen: Set<String> = []
    return files.filter { seen.insert($0).inserted }
  }

  private static func collect(
    _ directory: String, into found: inout [String]
  ) throws(Diagnostic) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(
        atPath: directory.isEmpty ? "." : directory)
    } catch {
      throw .error("unreadable-directory", "the directory '\(directory)' can't be read")
    }
    for name in names where !name.hasPrefix(".") && name != "node_modules" {
      let path =
        directory.isEmpty
        ? name : directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      if attributes?[.type] as? FileAttributeType == .typeDirectory {
        try collect(path, into: &found)
      } else if isName(name) {
        found.append(path)
      }
    }
  }
}
