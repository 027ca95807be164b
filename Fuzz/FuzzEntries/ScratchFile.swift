import Foundation

/// An input as a file, for what reads files only.
///
/// A file that can't be written is one that can't be read: the target then has nothing to do.
struct ScratchFile {
  let path: String

  init(_ bytes: [UInt8]) {
    let folder = FileManager.default.temporaryDirectory.path
    path = "\(folder)/wafcast-fuzz-\(UUID().uuidString)"
    // Not with Foundation, which waits for the disk.
    guard let file = fopen(path, "wb") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func remove() {
    unlink(path)
  }
}
