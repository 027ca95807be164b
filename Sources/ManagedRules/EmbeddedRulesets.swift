private import CRulesets
import Synchronization

/// A file of `rulesets/aws` inside the binary, read when it is first asked for: most web ACLs use
/// few of the groups.
final class EmbeddedRuleset: Sendable {
  /// All of them, in the order of the C table.
  static let all: [EmbeddedRuleset] = (0..<wafcast_ruleset_count()).map { index in
    let ruleset = wafcast_ruleset_at(index)
    // Sound: the pointer is never null and the bytes are constants of the binary.
    let bytes = Array(UnsafeBufferPointer(start: ruleset.bytes, count: ruleset.size))
    return EmbeddedRuleset(name: String(cString: ruleset.name), bytes: bytes)
  }

  let vendorName = "AWS"
  /// The group's name, which is the file's too.
  let name: String
  let bytes: [UInt8]
  private let cache: Mutex<RulesetFile?>

  private init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    cache = Mutex(nil)
  }

  /// The name for diagnostics.
  var file: String { "rulesets/aws/\(name).json" }

  /// What the file says.
  var content: RulesetFile {
    cache.withLock { cached in
      if let cached { return cached }
      let content = RulesetFile(bytes: bytes, file: file)
      cached = content
      return content
    }
  }
}
