import Foundation

/// Writes bytes to a file descriptor, all of them.
struct StandardOutput {
  private let descriptor: Int32
  /// The name for error messages.
  private let name: String

  init() {
    descriptor = STDOUT_FILENO
    name = "standard output"
  }

  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  func write(_ text: String) throws {
    try write(Array(text.utf8))
  }

  func write(_ bytes: [UInt8]) throws {
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes { buffer in
        Foundation.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if written > 0 {
        start += written
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: waitUntilWritable()
      case EPIPE: throw OutputClosed()
      default: throw Failure("\(name): \(String(cString: strerror(errno)))")
      }
    }
  }

  /// A pipe may be in non-blocking mode because the program at its other end set it so.
  private func waitUntilWritable() {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    poll(&request, 1, -1)
  }
}
