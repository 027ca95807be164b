import Diagnostics
import ManagedRules
import WAFModel
import WAFProgram

/// One condition in front of many labels of a group: the names of bots, say.
///
/// Each looks for a pattern of its own in one component. Where none of the patterns is there, none of
/// the labels is, and a single search has said so. Only labels of an open-ended family are taken: that
/// one may be there all the same is said by the family.
struct LabelPrefilter {
  var labels: Set<String> = []
  var leaf: LeafIndex

  /// Fewer are as quickly looked at one by one.
  private static let fewestLabels = 8

  /// The patterns that the prefilter is made of, and the statement that they differ from.
  fileprivate struct Patterns {
    var labels: Set<String> = []
    var statement: RegexMatchStatement?
    var atStart: [String] = []
    var atWord: [String] = []
    var anywhere: [String] = []

    mutating func add(_ rule: ManagedLabelRule, _ match: RegexMatchStatement) {
      var shape = match
      shape.regexString = ""
      guard statement == nil || statement == shape else { return }
      statement = shape
      labels.insert(rule.label)
      let pattern = match.regexString
      // What patterns begin with is tried once for all of them.
      let isOne = !Self.hasAlternatives(pattern)
      if isOne, pattern.hasPrefix("^") {
        atStart.append(String(pattern.dropFirst()))
      } else if isOne, pattern.hasPrefix("\\b") {
        atWord.append(String(pattern.dropFirst(2)))
      } else {
        anywhere.append(pattern)
      }
    }

    /// Whether what a pattern begins with is not that of the whole of it.
    private static func hasAlternatives(_ pattern: String) -> Bool {
      var (depth, isInClass, isEscaped) = (0, false, false)
      for byte in pattern.utf8 {
        if isEscaped {
          isEscaped = false
          continue
        }
        switch byte {
        case UInt8(ascii: "\\"): isEscaped = true
        case UInt8(ascii: "["): isInClass = true
        case UInt8(ascii: "]"): isInClass = false
        case UInt8(ascii: "(") where !isInClass: depth += 1
        case UInt8(ascii: ")") where !isInClass: depth -= 1
        case UInt8(ascii: "|") where !isInClass && depth == 0: return true
        default: break
        }
      }
      return false
    }

    /// All of them as one statement; nil where they are too few.
    var union: Statement? {
      guard labels.count >= LabelPrefilter.fewestLabels, var statement else { return nil }
      let parts = [("^", atStart), ("\\b", atWord), ("", anywhere)].filter { !$0.1.isEmpty }
      statement.regexString = parts.map { start, rest in
        start + "(?:" + rest.map { "(?:\($0))" }.joined(separator: "|") + ")"
      }.joined(separator: "|")
      return .regexMatch(statement)
    }
  }
}

extension Compiler {
  /// The prefilter of a group's labels; nil where there is nothing to save.
  mutating func prefilter(of use: ManagedGroupUse) -> LabelPrefilter? {
    var patterns = LabelPrefilter.Patterns()
    for rule in use.content.labelRules where rule.requirements.isEmpty {
      guard case .branches(let branches, _, _) = rule.model, branches.count == 1,
        case .regexMatch(let match)? = branches.first?.statement,
        use.group.labelFamilies.contains(where: rule.label.hasPrefix),
        assumedAnswer(group: use.group.name, rule: rule.label) == nil
      else { continue }
      patterns.add(rule, match)
    }
    guard let union = patterns.union else { return nil }
    let scope = RuleScope(
      context: LabelContext(ruleGroupARN: ""), file: use.group.name, rules: .root)
    guard case .leaf(let leaf) = lower(union, scope, pointer: .root) else { return nil }
    return LabelPrefilter(labels: patterns.labels, leaf: leaf)
  }
}
