import WAFProgram
import WAFRequests

// Which rules a walk visits: all but those whose watched leaves are known to miss plainly.

extension Evaluator {
  /// Whether rules are left out on the walk under way.
  ///
  /// An explanation shows all of them.
  var skipsRules: Bool { options.skipsRules && options.usesPrefilters && tracer == nil }

  /// Works out which rules of a segment have to be visited at the walk's level.
  mutating func schedule(_ segment: Int, _ record: borrowing RequestRecord) {
    let rules = program.schedule.segments[segment].rules
    guard !rules.isEmpty else { return }
    let words = rules.lowerBound >> 6...(rules.upperBound - 1) >> 6
    for word in words {
      findings.rules[word] = program.schedule.visitedAt[Int(level.rawValue)][word]
    }
    for place in 0..<program.schedule.segments[segment].missGroups.count {
      let group = program.schedule.segments[segment].missGroups[place]
      if missesPlainly(group, record) { continue }
      for word in words { findings.rules[word] |= program.schedule.watchersOfGroup[group][word] }
    }
    for place in 0..<program.schedule.segments[segment].fields.count {
      let field = program.schedule.segments[segment].fields[place]
      if findings.fields[field].candidateCount > 0 { addWatchers(of: field) }
    }
  }

  /// Whether a miss of the group's leaves needs nobody to look at it.
  private mutating func missesPlainly(_ group: Int, _ record: borrowing RequestRecord) -> Bool {
    let field = scanGroup(group, record)
    guard !findings.fields[field].isOpen else { return false }
    let miss = plainMiss(group, record)
    // Whatever rests on an assumption names it.
    return miss.value == .no && miss.level <= level && miss.level < .assumed
  }

  private mutating func addWatchers(of field: Int) {
    let first = findings.fields[field].firstWord
    for word in 0..<findings.fields[field].wordCount {
      var rest = findings.candidates[first + word]
      while rest != 0 {
        let bit = word << 6 + rest.trailingZeroBitCount
        rest &= rest - 1
        let leaf = program.filters.fields[field].leaves[bit].position
        let (start, end) = (
          program.schedule.watcherStarts[leaf], program.schedule.watcherStarts[leaf + 1]
        )
        for place in start..<end {
          let rule = Int(program.schedule.watchers[Int(place)])
          findings.rules[rule >> 6] |= 1 << UInt64(rule & 63)
        }
      }
    }
  }

  /// The next rule to visit, at or after `rule` and below `end`; nil where there is none.
  func nextScheduled(_ rule: Int, below end: Int) -> Int? {
    guard rule < end else { return nil }
    var word = rule >> 6
    var bits = findings.rules[word] & (~0 << UInt64(rule & 63))
    while bits == 0 {
      word += 1
      guard word << 6 < end else { return nil }
      bits = findings.rules[word]
    }
    let next = word << 6 + bits.trailingZeroBitCount
    return next < end ? next : nil
  }
}
