#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file or of standard input, read in order.
final class FileBytes {
  private let descriptor: Int32
  private let closesAtEnd: Bool
  /// The number of bytes read so far.
  private(set) var offset = 0

  /// Opens a file for reading.
  init(path: String) throws(SystemError) {
    // Sound: the string's bytes are valid for the time of the call.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(code: errno) }
    self.descriptor = descriptor
    closesAtEnd = true
  }

  private init(standardInput descriptor: Int32) {
    self.descriptor = descriptor
    closesAtEnd = false
  }

  /// Standard input.
  static func standardInput() -> FileBytes { FileBytes(standardInput: STDIN_FILENO) }

  deinit {
    if closesAtEnd { close(descriptor) }
  }

  /// Reads into `buffer` from `start` to its end, at least one byte unless the file ends; returns
  /// the number of bytes read.
  func read(into buffer: inout [UInt8], from start: Int) throws(SystemError) -> Int {
    guard start < buffer.count else { return 0 }
    while true {
      let capacity = buffer.count - start
      let descriptor = self.descriptor
      let count = unsafe buffer.withUnsafeMutableBytes { (bytes) -> Int in
        guard let base = bytes.baseAddress else { return 0 }
        // Sound: the kernel writes at most `capacity` bytes, which end where the buffer does.
        return unsafe systemRead(descriptor, base + start, capacity)
      }
      if count >= 0 {
        offset += count
        return count
      }
      guard errno == EINTR else { throw SystemError(code: errno) }
    }
  }
}

/// `read(2)`, which the method of the same name hides.
private func systemRead(
  _ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int
) -> Int {
  unsafe read(descriptor, buffer, count)
}

/// A failed system call.
package struct SystemError: Error, Hashable, Sendable {
  /// The value of `errno`.
  package var code: Int32

  static let outOfMemory = SystemError(code: ENOMEM)

  /// The error in the system's words.
  package var message: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    // Sound: the text is copied before another call could change it.
    return unsafe String(cString: text)
  }
}
