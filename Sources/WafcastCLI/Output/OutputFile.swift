import Foundation

/// A file that is written from the start, or standard output.
final class OutputFile {
  private let output: StandardOutput
  private let descriptor: Int32
  private let path: String

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: `-` for standard output.
  ///   - inputs: paths that are read; to write to one of them would destroy it.
  ///   - mode: who may read a new file; what may hold request data is its owner's alone.
  init(_ path: String, inputs: [String] = [], mode: mode_t = 0o600) throws {
    self.path = path
    guard path != "-" else {
      descriptor = STDOUT_FILENO
      output = StandardOutput()
      return
    }
    if let own = Self.identity(path), inputs.contains(where: { Self.identity($0) == own }) {
      throw Failure("\(path) is an input and would be overwritten")
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else {
      throw Failure("\(path) can't be written: \(String(cString: strerror(errno)))")
    }
    output = StandardOutput(descriptor: descriptor, name: path)
  }

  /// Opens a file to add to what is there, as GitHub's job summaries ask for.
  init(appendingTo path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure("\(path) can't be written: \(String(cString: strerror(errno)))")
    }
    output = StandardOutput(descriptor: descriptor, name: path)
  }

  var isStandardOutput: Bool { path == "-" }

  func write(_ bytes: [UInt8]) throws {
    try output.write(bytes)
  }

  func close() throws {
    guard path != "-" else { return }
    // A full disk may show up here for the first time.
    guard Foundation.close(descriptor) == 0 else {
      throw Failure("\(path) can't be written: \(String(cString: strerror(errno)))")
    }
  }

  /// What tells a regular file from another, whatever the path.
  private static func identity(_ path: String) -> [UInt64]? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [UInt64(status.st_dev), UInt64(status.st_ino)]
  }
}
