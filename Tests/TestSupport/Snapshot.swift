import Foundation

/// A text that is compared with the one recorded in `Snapshots/` beside the test.
///
/// `RECORD_SNAPSHOTS=1` rewrites the recorded texts, and the comparison still fails, so that a
/// recording run is never green.
package struct Snapshot: Sendable {
  /// The file's name.
  package var name: String
  private var directory: URL

  /// The snapshot of a name.
  ///
  /// - Parameter testFile: the file of the test; `Snapshots` lies beside it, or above it in the
  ///   folder of the test target.
  package init(_ name: String, testFile: String = #filePath) {
    self.name = name
    var folder = URL(fileURLWithPath: testFile).deletingLastPathComponent()
    while folder.pathComponents.count > 2, !folder.lastPathComponent.hasSuffix("Tests") {
      folder.deleteLastPathComponent()
    }
    directory = folder.appendingPathComponent("Snapshots")
  }

  /// What differs between a text and the recorded one; nil where they are equal.
  package func difference(from text: String) -> String? {
    let file = directory.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      do {
        try FileManager.default.createDirectory(
          at: directory, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return "recorded \(name); run again without RECORD_SNAPSHOTS"
      } catch {
        return "could not record \(name): \(error)"
      }
    }
    guard let data = try? Data(contentsOf: file) else {
      return "there is no snapshot \(name); record it with RECORD_SNAPSHOTS=1"
    }
    let recorded = String(decoding: data, as: UTF8.self)
    guard recorded != text else { return nil }
    let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shorter = min(old.count, new.count)
    let line = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
    return """
      \(name) differs from line \(line + 1) on
      recorded: \(line < old.count ? String(old[line]) : "(end)")
      now:      \(line < new.count ? String(new[line]) : "(end)")
      """
  }
}
