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
      case nil: throw revision.missing(path)
      case .file: return ([file(path, revision)], false)
      case .directory:
        let names = try revision.files(in: path).filter(DocumentFiles.isDocument)
        let folder = path.isEmpty ? "" : path + "/"
        return (names.map { file(folder + $0, revision) }, true)
      }
    }
  }

  private func file(_ path: String, _ revision: GitRevision) -> File {
    File(
      name: GitPath(revision: revision.name, path: path).text, path: path,
      identity: GitPath(revision: revision.commit, path: revision.resolvingLinks(path)).text)
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
    do throws(Diagnostic) {
      let revision = try GitRevision(place.revision)
      source = .revision(revision)
      path = try revision.resolve(place.path)
    } catch {
      var error = error
      error.notes.append("there is no file '\(text)' on disk, so it was read as REVISION:PATH")
      throw error
    }
  }

  /// A path given beside another one: what lies in the repository is read at that one's revision.
  ///
  /// What git ignores is in no revision and read on disk, as what lies outside of the repository.
  ///
  /// - Returns: nil for what is new since the revision: nothing there could refer to it.
  init?(_ text: String, beside main: DocumentSource) throws(Diagnostic) {
    guard case .revision(let revision) = main,
      let path = revision.repository.path(of: text)
    else {
      self = try DocumentPath(text)
      return
    }
    if try revision.kind(of: path) != nil {
      source = main
      self.path = path
    } else if FileManager.default.fileExists(atPath: text) {
      guard try revision.repository.ignores(path) else { return nil }
      source = .disk
      self.path = text
    } else if GitPath(text) != nil {
      self = try DocumentPath(text)
    } else {
      var error = revision.missing(path)
      error.message = "there is no file '\(text)', neither at '\(revision.name)' nor on disk"
      throw error
    }
  }
}

/// The document that a path of the working directory was at a revision: `main:waf/acl.json`.
///
/// - Parameters:
///   - path: a file or directory on disk, in the repository around the working directory.
///   - name: the revision.
/// - Returns: nil where there was none.
/// - Throws: where the path can't have been at any revision of the repository, or where git does not
///   know the revision.
package func documentName(
  of path: String, atRevision name: String
) throws(Diagnostic) -> String? {
  let revision = try GitRevision(name)
  guard let inside = revision.repository.path(of: path) else {
    throw .error("not-in-repository", "'\(path)' lies outside the repository of '\(name)'")
  }
  guard try revision.kind(of: inside) != nil else {
    guard try !revision.repository.ignores(inside) else {
      throw .error(
        "not-in-repository", "'\(path)' is at no revision: git is told to ignore it",
        notes: ["write what it was at '\(name)' to another file, and name that as the old side"])
    }
    return nil
  }
  return GitPath(revision: name, path: inside).text
}
