import Bytes
private import CRulesets
import Synchronization

/// A file of `rulesets/aws` inside the binary, read when it is first asked for: most web ACLs use
/// few of the groups.
final class EmbeddedRuleset: Sendable {
  /// All of them, in the order of the C table.
  static let all: [EmbeddedRuleset] = (0..<wafcast_ruleset_count()).map { index in
    EmbeddedRuleset(name: String(cString: wafcast_ruleset_at(index).name), index: index)
  }

  let vendorName = "AWS"
  /// The group's name, which is the file's too.
  let name: String
  /// The place in the C table.
  private let index: Int
  private let cache: Mutex<RulesetFile?>

  private init(name: String, index: Int) {
    self.name = name
    self.index = index
    cache = Mutex(nil)
  }

  /// The file's bytes, where they lie: most are only digested.
  func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let ruleset = wafcast_ruleset_at(index)
    // Sound: the pointer is never null and the bytes are constants of the binary.
    return body(UnsafeBufferPointer(start: ruleset.bytes, count: ruleset.size).span)
  }

  /// A copy of the file's bytes.
  private var bytes: [UInt8] { withBytes { Array($0) } }

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
