/// What a report was made with, so that it can be made again.
package struct Stamp: Hashable, Sendable {
  /// A file that was read.
  package struct Input: Hashable, Sendable {
    package var name: String
    /// Its SHA-256 in hexadecimal; nil where it was not computed, as for standard input.
    package var sha256: String?

    package init(name: String, sha256: String? = nil) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// The version of wafcast.
  package var version: String
  /// The arguments of the command line.
  package var command: [String]
  package var webACL: Input
  /// The documents read beside the web ACL.
  package var documents: [Input]
  /// The SHA-256 of the managed rule data.
  package var rulesetsSHA256: String
  package var traffic: [Input]
  /// What the user assumed (`--assume`).
  package var assumptions: [String]

  /// The short form of the summary for people: version and the beginnings of the digests.
  package var brief: String {
    var parts = ["wafcast \(version)"]
    if let digest = webACL.sha256 { parts.append("ACL \(digest.prefix(8))") }
    if !rulesetsSHA256.isEmpty { parts.append("rules \(rulesetsSHA256.prefix(8))") }
    return parts.joined(separator: ", ")
  }

  package init(
    version: String, command: [String] = [], webACL: Input, documents: [Input] = [],
    rulesetsSHA256: String = "", traffic: [Input] = [], assumptions: [String] = []
  ) {
    self.version = version
    self.command = command
    self.webACL = webACL
    self.documents = documents
    self.rulesetsSHA256 = rulesetsSHA256
    self.traffic = traffic
    self.assumptions = assumptions
  }
}
