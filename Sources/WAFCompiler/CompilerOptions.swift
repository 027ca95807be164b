package import WAFProgram

/// What the user decides where the documents are silent.
package struct CompilerOptions: Sendable {
  /// The kind of resource that takes the requests; nil where the user does not say.
  package var resourceType: ResourceType?
  /// Answers for managed rules that take the place of their models; of several that fit, the last.
  package var assumptions: [ManagedRuleAssumption]
  /// Addresses that stand in for those which only AWS knows.
  package var addressLists: [ManagedAddressList]
  /// Branches of a lower fidelity are left out.
  package var lowestFidelity: BranchFidelity

  package init(
    resourceType: ResourceType? = nil, assumptions: [ManagedRuleAssumption] = [],
    addressLists: [ManagedAddressList] = [],
    lowestFidelity: BranchFidelity = .medium
  ) {
    self.resourceType = resourceType
    self.assumptions = assumptions
    self.addressLists = addressLists
    self.lowestFidelity = lowestFidelity
  }
}

/// `GROUP/RULE=match|no-match|unknown`, where `*` stands for any run of characters.
package struct ManagedRuleAssumption: Hashable, Sendable {
  package var group: String
  package var rule: String
  package var answer: ManagedCondition.Assumption

  package init(group: String, rule: String, answer: ManagedCondition.Assumption) {
    self.group = group
    self.rule = rule
    self.answer = answer
  }

  /// Reads the form that the command line takes; nil where the text has another one.
  package init?(_ text: String) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2 else { return nil }
    let names = sides[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
    switch sides[1] {
    case "match": answer = .match
    case "no-match": answer = .noMatch
    case "unknown": answer = .unknown
    default: return nil
    }
    group = String(names[0])
    rule = String(names[1])
  }

  package func applies(toGroup group: String, rule: String) -> Bool {
    Self.fits(Array(group.utf8)[...], Array(self.group.utf8)[...])
      && Self.fits(Array(rule.utf8)[...], Array(self.rule.utf8)[...])
  }

  /// Whether `text` has the form of `pattern`.
  private static func fits(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var text = text
    var pattern = pattern
    // The latest star and the text it was met at: on a mismatch the star takes one byte more.
    var retry: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
    while let next = text.first {
      if pattern.first == UInt8(ascii: "*") {
        pattern.removeFirst()
        retry = (pattern, text)
      } else if pattern.first == next {
        pattern.removeFirst()
        text.removeFirst()
      } else if let last = retry {
        text = last.text.dropFirst()
        pattern = last.pattern
        retry = (pattern, text)
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
