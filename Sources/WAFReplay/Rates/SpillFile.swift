import Foundation

/// A temporary file for what does not fit into memory; it is gone with the last use of it.
final class SpillFile {
  private let handle: FileHandle
  /// The number of bytes written.
  private(set) var count = 0

  init() throws(SpillError) {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("wafcast-rates-\(UUID().uuidString)")
    do {
      // Readable by nobody else, and without a name as soon as it is open.
      let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
      guard
        FileManager.default.createFile(
          atPath: place.path, contents: nil, attributes: attributes)
      else { throw SpillError(reason: "it cannot be created in \(place.path)") }
      defer { try? FileManager.default.removeItem(at: place) }
      handle = try FileHandle(forUpdating: place)
    } catch {
      throw SpillError(error)
    }
  }

  func append(_ bytes: [UInt8]) throws(SpillError) {
    do {
      try handle.seek(toOffset: UInt64(count))
      try handle.write(contentsOf: bytes)
    } catch {
      throw SpillError(error)
    }
    count += bytes.count
  }

  /// The bytes of a range that has been written.
  func bytes(_ range: Range<Int>) throws(SpillError) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      try handle.seek(toOffset: UInt64(range.lowerBound))
      while bytes.count < range.count {
        guard let data = try handle.read(upToCount: range.count - bytes.count), !data.isEmpty else {
          throw SpillError(reason: "it is shorter than what was written")
        }
        bytes += data
      }
    } catch {
      throw SpillError(error)
    }
    return bytes
  }

  deinit {
    try? handle.close()
  }
}

/// Why the temporary file of a simulation could not be written or read.
package struct SpillError: Error, Hashable, Sendable {
  /// What went wrong, in words.
  package var reason: String

  /// The error in words.
  package var message: String { "the temporary file for rates: \(reason)" }

  init(reason: String) {
    self.reason = reason
  }

  fileprivate init(_ error: any Error) {
    self.init(reason: (error as? SpillError)?.reason ?? error.localizedDescription)
  }
}
