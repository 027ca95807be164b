import Bytes
import Foundation
import WAFReplay
import Wafcast

/// Makes the stamp of a report.
struct StampMaker {
  let webACL: CompiledWebACL
  /// Whether the stamp is printed; digests of traffic cost a second reading of it.
  let isNeeded: Bool

  init(_ webACL: CompiledWebACL, isNeeded: Bool) {
    self.webACL = webACL
    self.isNeeded = isNeeded
  }

  func stamp(inputs: [String], assumptions: [String]) throws -> Stamp {
    let file = webACL.webACL.file
    let documents = webACL.sources.files.filter { $0 != file }.map { name in
      Stamp.Input(name: name, sha256: webACL.sources.bytes(of: name).map(digest))
    }
    return Stamp(
      version: WafcastVersion.current, command: Self.command(CommandLine.arguments.dropFirst()),
      webACL: Stamp.Input(name: file, sha256: webACL.digest), documents: documents,
      rulesetsSHA256: webACL.rulesetsDigest,
      traffic: inputs.map { Stamp.Input(name: $0, sha256: isNeeded ? digest(ofFile: $0) : nil) },
      assumptions: assumptions)
  }

  private func digest(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.hexDigest()
  }

  /// The arguments without the number of workers: no report depends on it.
  static func command(_ arguments: some Sequence<String>) -> [String] {
    var kept: [String] = []
    var isNumber = false
    for argument in arguments {
      defer { isNumber = argument == "--workers" }
      if isNumber || argument == "--workers" || argument.hasPrefix("--workers=") { continue }
      kept.append(argument)
    }
    return kept
  }

  /// The digest of a regular file; nil for standard input and pipes, which can't be read twice.
  private func digest(ofFile path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = FileHandle(forReadingAtPath: path)
    else { return nil }
    defer { try? file.close() }
    var hash = SHA256()
    while let data = try? file.read(upToCount: 1 << 20), !data.isEmpty { hash.update(data) }
    return hash.hexDigest()
  }
}
