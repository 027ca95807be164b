import Foundation

/// A directory that is there for the time of one test.
package final class TemporaryDirectory {
  /// The directory's path.
  package let path: String

  /// A new, empty directory.
  package init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("wafcast-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file, whose name may have folders, and returns its path.
  @discardableResult
  package func write(_ name: String, _ content: [UInt8]) throws -> String {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: url)
    return url.path
  }

  /// Writes a file of text and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }
}
