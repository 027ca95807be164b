package import Diagnostics
import Foundation
import GitRevisions

/// Where documents are read: on disk, or at a git revision.
enum DocumentSource {
  case disk
  case revision(GitRevision)

  /// A document that can be read.
  struct File {
    /// As diagnostics name it.
    var name: String
    /// How the source finds it.
    var path: String
    /// Tells whether two names are one file.
    var identity: String
  }

  /// The documents of a path: the file itself, or a directory's documents sorted by name.
  func documents(at path: String) throws(Diagnostic) -> (files: [File], isDirectory: Bool) {
    switch self {
    case .disk:
      let (paths, isDirectory) = try DocumentFiles.documents(at: path)
      let files = paths.map {
        File(name: $0, path: $0, identity: DocumentFiles.identity(of: $0))
      }
      return (files, isDirectory)
    case .revision(let revision):
      switch try revision.kind(of: path) {
      case nil, .file: return ([file(path, revision)], false)
      case .directory:
        let names = try revision.files(in: path).filter(DocumentFiles.isDocument)
        let folder = path.isEmpty ? "" : path + "/"
        return (names.map { file(folder + $0, revision) }, true)
      }
    }
  }

  private func file(_ path: String, _ revision: GitRevision) -> File {
    let name = GitPath(revision: revision.name, path: path).text
    return File(name: name, path: path, identity: "\(revision.commit):\(path)")
  }

  func read(_ file: File) throws(Diagnostic) -> [UInt8] {
    switch self {
    case .disk: try DocumentFiles.read(file.path)
    case .revision(let revision): try revision.read(file.path)
    }
  }
}

/// A plain path, or `REVISION:PATH` where no file has that name.
struct DocumentPath {
  var source: DocumentSource
  /// As `source` takes it.
  var path: String

  init(_ text: String) throws(Diagnostic) {
    guard !FileManager.default.fileExists(atPath: text), let place = GitPath(text) else {
      source = .disk
      path = text
      return
    }
    let revision = try GitRevision(place.revision)
    source = .revision(revision)
    path = revision.resolve(place.path)
  }

  /// A path given beside another one: what lies in the repository is read at that one's revision.
  ///
  /// - Returns: nil for what is new since the revision: nothing there could refer to it.
  init?(_ text: String, beside main: DocumentSource) throws(Diagnostic) {
    guard case .revision(let revision) = main else {
      self = try DocumentPath(text)
      return
    }
    guard let path = revision.pathInRepository(text) else {
      self = try DocumentPath(text)
      return
    }
    guard try revision.kind(of: path) != nil else {
      if FileManager.default.fileExists(atPath: text) { return nil }
      self = try DocumentPath(text)
      return
    }
    source = main
    self.path = path
  }
}

/// The document that a path of the working directory was at a revision: `main:waf/acl.json`.
///
/// - Returns: nil where there was none.
package func documentName(
  of path: String, atRevision name: String
) throws(Diagnostic) -> String? {
  let revision = try GitRevision(name)
  guard let inside = revision.pathInRepository(path) else {
    throw .error("not-in-repository", "'\(path)' lies outside the repository of '\(name)'")
  }
  guard try revision.kind(of: inside) != nil else { return nil }
  return GitPath(revision: name, path: inside).text
}
