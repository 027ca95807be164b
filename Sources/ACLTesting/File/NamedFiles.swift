import Diagnostics
import DocumentTree
import Foundation

/// The files that a test file names: paths are relative to its folder.
struct NamedFiles {
  let context: ReadingContext

  /// The path of a file that the document names.
  func path(_ name: String) -> String {
    guard !name.hasPrefix("/"), let slash = context.file.lastIndex(of: "/") else { return name }
    return String(context.file[...slash]) + name
  }

  /// The bytes of a file that the document names; nil, with a diagnostic, where it can't be read.
  func read(_ name: String, at pointer: JSONPointer) -> [UInt8]? {
    let path = path(name)
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      context.error("unreadable-file", "the file '\(path)' can't be read", at: pointer)
      return nil
    }
  }
}
