import Foundation

/// Writes to a file descriptor, all of it.
struct Output {
  static let standard = Output(descriptor: STDOUT_FILENO)
  static let error = Output(descriptor: STDERR_FILENO)

  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  func write(_ text: String) throws(Failure) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if written > 0 {
        start += written
      } else if errno != EINTR {
        throw Failure("standard output: \(String(cString: strerror(errno)))")
      }
    }
  }

  /// Where nobody listens to errors there is nobody to tell.
  func writeIgnoringErrors(_ text: String) { try? write(text) }
}
