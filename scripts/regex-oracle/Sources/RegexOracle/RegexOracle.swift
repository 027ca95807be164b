/// Prints, by class of construct, where wafcast and Hyperscan differ over random patterns.
///
/// The service documents Hyperscan's list of unsupported constructs, so that Hyperscan is a witness
/// of what it may take, not a judge: a difference is a question, not a mistake.
@main
struct RegexOracle {
  static func main() {
    let arguments = CommandLine.arguments
    let count = arguments.count > 1 ? Int(arguments[1]) ?? 20_000 : 20_000
    let seed = arguments.count > 2 ? UInt64(arguments[2]) ?? 1 : 1
    let constructs = Construct.all
    let share = max(1, count / constructs.count)
    print("\(share * constructs.count) patterns, seed \(seed)")
    print("")
    print("| class | both take | both refuse | only wafcast | only Hyperscan | for instance |")
    print("|---|---|---|---|---|---|")
    for (number, construct) in constructs.enumerated() {
      // A stream of its own for each class, so that a new class leaves the others as they are.
      var dice = SplitMix(state: seed &+ UInt64(number) &* 0x1_0000_0001)
      let patterns = (0..<share).map { _ in construct.pattern(using: &dice) }
      print(Tally(construct.name, patterns).row)
    }
  }
}

/// The answers to the patterns of one class.
struct Tally {
  private let name: String
  private var bothTake = 0
  private var bothRefuse = 0
  private var onlyWafcast = 0
  private var onlyHyperscan = 0
  /// wafcast's warnings that the service may refuse a pattern.
  private var uncertain = 0
  /// Patterns that Hyperscan takes only where matches of the empty string are allowed.
  private var onlyWithEmpty = 0
  private var example = ""

  init(_ name: String, _ patterns: [String]) {
    self.name = name
    for (pattern, answer) in zip(patterns, Acceptance.of(patterns)) {
      var refusal = Hyperscan.refusal(of: pattern, allowsEmpty: false)
      if refusal != nil, Hyperscan.refusal(of: pattern, allowsEmpty: true) == nil {
        onlyWithEmpty += 1
        refusal = nil
      }
      if answer == .uncertain { uncertain += 1 }
      switch (answer == .refused, refusal) {
      case (false, nil): bothTake += 1
      case (true, _?): bothRefuse += 1
      case (false, let reason?):
        onlyWafcast += 1
        note(pattern, "Hyperscan: \(reason)")
      case (true, nil):
        onlyHyperscan += 1
        note(pattern, "refused by wafcast")
      }
    }
  }

  private mutating func note(_ pattern: String, _ reason: String) {
    guard example.isEmpty else { return }
    let shown = pattern.replacing("|", with: "\\|").replacing("\n", with: "\\n")
    example = "`\(shown)`: \(reason.replacing("|", with: "\\|"))"
  }

  /// The class as a row of a table in Markdown.
  var row: String {
    var remarks = example.isEmpty ? [] : [example]
    if uncertain > 0 { remarks.append("wafcast warns of \(uncertain)") }
    if onlyWithEmpty > 0 {
      remarks.append("\(onlyWithEmpty) match the empty string: only with HS_FLAG_ALLOWEMPTY")
    }
    let title = name.replacing("|", with: "\\|")
    return "| \(title) | \(bothTake) | \(bothRefuse) | \(onlyWafcast) | \(onlyHyperscan) | "
      + remarks.joined(separator: "; ") + " |"
  }
}
