import Foundation
import TrafficReading
import WAFTraffic

/// Inputs that can be read several times: what can be read only once is copied to temporary files.
///
/// Those are removed with the last use of this.
final class SpooledTraffic {
  /// What to read.
  private(set) var input: TrafficInput
  /// The names of the inputs, for people.
  let names: [String]
  private var spooled: [(path: String, name: String)] = []

  /// - Parameter isNeeded: whether the inputs are read more than once; else nothing is copied.
  init(_ input: TrafficInput, isNeeded: Bool) throws {
    self.input = input
    names = input.sources.map(\.name)
    guard isNeeded else { return }
    for index in input.sources.indices {
      switch input.sources[index] {
      case .standardInput: try spool(index, FileHandle.standardInput)
      case .file(let path):
        // A pipe that has a name: `<(zcat …)`.
        guard !Self.isRegular(path), let handle = FileHandle(forReadingAtPath: path) else {
          continue
        }
        defer { try? handle.close() }
        try spool(index, handle)
      case .foundFile: continue
      }
    }
  }

  deinit {
    for file in spooled { try? FileManager.default.removeItem(atPath: file.path) }
  }

  /// A message that names inputs as the user knows them.
  func named(_ message: String) -> String {
    spooled.reduce(message) { $0.replacingOccurrences(of: $1.path, with: $1.name) }
  }

  private func spool(_ index: Int, _ source: FileHandle) throws {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("wafcast-traffic-\(UUID().uuidString)")
    spooled.append((place.path, names[index]))
    let isCreated = FileManager.default.createFile(
      atPath: place.path, contents: nil, attributes: [.posixPermissions: 0o600])
    guard isCreated else { throw SpoolError(name: names[index], path: place.path) }
    let file = try FileHandle(forWritingTo: place)
    defer { try? file.close() }
    while let data = try source.read(upToCount: 1 << 20), !data.isEmpty {
      try file.write(contentsOf: data)
    }
    input.sources[index] = .file(place.path)
  }

  private static func isRegular(_ path: String) -> Bool {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }
}

/// Why an input that can be read only once could not be kept for the next pass.
package struct SpoolError: Error, Hashable, Sendable {
  /// The input's name.
  package var name: String
  /// Where the copy should have been.
  package var path: String

  /// The error in words.
  package var message: String {
    "\(name): rates need more than one pass over it, and it cannot be copied to \(path)"
  }
}
