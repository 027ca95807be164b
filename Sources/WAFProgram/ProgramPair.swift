/// A web ACL put aside by `ProgramBuilder.endSide`.
package struct ProgramSide: Sendable {
  let own: Program
}

/// Two web ACLs over one set of tables: a leaf or a slot has the same place in both, so that what
/// one has found out of a request serves the other.
package struct ProgramPair: Sendable {
  package var old: Program
  package var new: Program
  /// Whether a leaf's answer for one is that for the other: both inspect as much of a body.
  package let sharesAnswers: Bool
  /// Whether rate-based rules see the same requests on both sides.
  package let sharesRates: Bool

  init(old: Program, new: Program) {
    self.old = old
    self.new = new
    sharesAnswers =
      old.bodyLimits == new.bodyLimits && old.isCloudFrontScope == new.isCloudFrontScope
    sharesRates = Self.shareRates(old, new)
    align()
    self.old.markSharedUnknowns()
    self.new.markSharedUnknowns()
    self.old.prepare()
    self.new.prepare()
  }

  /// Whether both do the same with every request, by their form alone.
  package var areEqual: Bool {
    sharesAnswers && sharesRates && hasSameEnd && old.topRules.count == new.topRules.count
      && old.topRules.allSatisfy(\.isShared) && new.topRules.allSatisfy(\.isShared)
  }

  /// Whether a request that no rule ends fares alike.
  package var hasSameEnd: Bool {
    old.defaultAction == new.defaultAction
  }

  /// Whether both begin with the same rules, up to the last rate-based one of either.
  private static func shareRates(_ old: Program, _ new: Program) -> Bool {
    guard old.rates.count == new.rates.count else { return false }
    guard let last = old.rates.last, let other = new.rates.last else { return true }
    let (end, otherEnd) = (old.rules[last.rule].top, new.rules[other.rule].top)
    guard end == otherEnd, old.bodyLimits == new.bodyLimits else { return false }
    return (0...Int(end)).allSatisfy { old.hasRule(at: $0, like: $0, of: new) }
  }

  // MARK: Alignment

  /// Marks the rules of the longest common sequence as shared.
  private mutating func align() {
    let (left, right) = (old.topRules.count, new.topRules.count)
    var start = 0
    while start < min(left, right), same(start, start) { start += 1 }
    var tail = 0
    while tail < min(left, right) - start, same(left - 1 - tail, right - 1 - tail) { tail += 1 }
    let (rows, columns) = (left - tail - start, right - tail - start)
    for index in 0..<rows { old.topRules[start + index].isShared = false }
    for index in 0..<columns { new.topRules[start + index].isShared = false }
    guard rows > 0, columns > 0, rows * columns <= 4_000_000 else { return }
    // Lengths of the common sequences of the rests.
    var lengths = [[Int]](repeating: [Int](repeating: 0, count: columns + 1), count: rows + 1)
    for row in stride(from: rows - 1, through: 0, by: -1) {
      for column in stride(from: columns - 1, through: 0, by: -1) {
        lengths[row][column] =
          same(start + row, start + column)
          ? lengths[row + 1][column + 1] + 1
          : max(lengths[row + 1][column], lengths[row][column + 1])
      }
    }
    var (row, column) = (0, 0)
    while row < rows, column < columns {
      if same(start + row, start + column) {
        old.topRules[start + row].isShared = true
        new.topRules[start + column].isShared = true
        row += 1
        column += 1
      } else if lengths[row + 1][column] >= lengths[row][column + 1] {
        row += 1
      } else {
        column += 1
      }
    }
  }

  private func same(_ left: Int, _ right: Int) -> Bool {
    guard old.topRules[left].kind != .rateBased || sharesRates else { return false }
    return old.hasRule(at: left, like: right, of: new)
  }
}

extension Program {
  /// Empties what belongs to one web ACL.
  mutating func beginSide() {
    topRules = []
    rules = []
    ruleInfo = []
    labelRules = []
    rates = []
    insertsHeaders = false
    insertsTemplates = false
    insertedFacts = RequestFacts(rawValue: 0)
    answersClients = false
  }

  /// What a group does may hang on labels, even where the group is the same.
  mutating func markSharedUnknowns() {
    var sawOtherLabels = false
    for top in topRules.indices {
      topRules[top].sharesUnknowns = topRules[top].isShared && !sawOtherLabels
      if !topRules[top].isShared, addsLabels(top) { sawOtherLabels = true }
    }
  }

  private func addsLabels(_ top: Int) -> Bool {
    let rule = topRules[top]
    return rule.opaqueGroup != nil || !rule.labelSources.isEmpty || !rule.scopeDownGeo.isEmpty
      || !rule.labelRules.isEmpty
      || rule.rules.contains { !rules[$0].labels.isEmpty || !rules[$0].geo.isEmpty }
  }

  /// The same web ACL with the tables of `other`, which begin as its own do.
  func sharing(tablesOf other: Program) -> Program {
    var program = other
    program.topRules = topRules
    program.rules = rules
    program.ruleInfo = ruleInfo
    program.labelRules = labelRules
    program.rates = rates
    program.insertsHeaders = insertsHeaders
    program.insertsTemplates = insertsTemplates
    program.insertedFacts = insertedFacts
    program.answersClients = answersClients
    program.defaultAction = defaultAction
    program.defaultResponseCode = defaultResponseCode
    program.defaultHandling = defaultHandling
    program.detectorAssumptions = detectorAssumptions
    program.bodyLimits = bodyLimits
    program.webACLARN = webACLARN
    program.webACLName = webACLName
    program.isCloudFrontScope = isCloudFrontScope
    program.stamp = stamp
    return program
  }

  /// Whether a rule of the web ACL does what one of `other`, which shares the tables, does.
  fileprivate func hasRule(at left: Int, like right: Int, of other: Program) -> Bool {
    let (own, theirs) = (topRules[left], other.topRules[right])
    guard own.name == theirs.name, own.kind == theirs.kind,
      own.scopeDownFormula == theirs.scopeDownFormula, own.scopeDownGeo == theirs.scopeDownGeo,
      own.isOverriddenToCount == theirs.isOverriddenToCount,
      own.opaqueGroup == theirs.opaqueGroup, own.labelSources == theirs.labelSources,
      own.rules.count == theirs.rules.count, own.labelRules.count == theirs.labelRules.count
    else { return false }
    for (left, right) in zip(own.labelRules, theirs.labelRules) {
      let (mine, yours) = (labelRules[left], other.labelRules[right])
      guard mine.label == yours.label, hasFormula(mine.formula, like: yours.formula, of: other)
      else { return false }
    }
    return zip(own.rules, theirs.rules).allSatisfy { hasInnerRule($0, like: $1, of: other) }
  }

  private func hasInnerRule(_ left: Int, like right: Int, of other: Program) -> Bool {
    let (own, theirs) = (rules[left], other.rules[right])
    let (info, otherInfo) = (ruleInfo[left], other.ruleInfo[right])
    guard info.path == otherInfo.path, own.action == theirs.action, own.geo == theirs.geo,
      own.gate == theirs.gate,
      own.responseCode == theirs.responseCode
    else { return false }
    let labels = own.labels.map { ruleLabels[Int($0)] }
    return labels == theirs.labels.map { ruleLabels[Int($0)] }
      && hasFormula(info.formula, like: otherInfo.formula, of: other)
  }

  private func hasFormula(_ own: Formula, like theirs: Formula, of other: Program) -> Bool {
    guard own == theirs else { return false }
    return own.leaves.allSatisfy { leaf in
      guard case .rate(let rate) = leaves[leaf.position] else { return true }
      // One leaf stands for the rate of each side; `rule` differs with what stands before.
      guard rates.indices.contains(rate), other.rates.indices.contains(rate) else { return false }
      var (limit, otherLimit) = (rates[rate], other.rates[rate])
      (limit.rule, otherLimit.rule) = (0, 0)
      (limit.scopeDown, otherLimit.scopeDown) = (nil, nil)
      return limit == otherLimit
    }
  }
}
