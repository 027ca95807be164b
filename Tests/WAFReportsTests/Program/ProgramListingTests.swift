import Foundation
import Matching
import ReportText
import TestSupport
import Testing
import Transforms
import WAFProgram
import WAFReports

@Suite struct ProgramListingTests {
  /// Rules over a path, a header and a size, with every shape of code.
  static func program() throws -> Program {
    var builder = ProgramBuilder()
    let path = builder.slot(.uriPath, [.urlDecode, .lowercase])
    let other = builder.slot(.uriPath, [.urlDecode, .removeNulls])
    let agent = builder.slot(.singleHeader(name: Array("user-agent".utf8)), [])
    let admin = builder.leaf(
      .bytes(path, search: builder.search(Array("/admin".utf8)), .startsWith, .inspectStart))
    let scanner = try pattern("(?i)sqlmap|nikto/[0-9]", agent, &builder)
    let anything = try pattern("^[a-z]+$", agent, &builder)
    let nulls = try pattern(#"\.\./\.\./"#, other, &builder)
    let long = builder.leaf(.size(path, .greater, 1000, .match))
    add("admin", .block, .leaf(admin), &builder)
    add("scanners", .count, .or([.leaf(scanner), .leaf(nulls)]), &builder)
    add(
      "odd", .captcha,
      .and([.leaf(admin), .not(.or([.leaf(anything), .not(.leaf(long))]))]), &builder)
    return builder.finish { program in
      program.webACLName = "listed"
      program.stamp = "wafcast test"
    }
  }

  private static func pattern(
    _ source: String, _ slot: SlotIndex, _ builder: inout ProgramBuilder
  ) throws -> LeafIndex {
    let pattern = try CompiledPattern(Array(source.utf8))
    return builder.leaf(
      .regex(slot, patternSet: builder.patternSet([pattern]), .inspectStart))
  }

  private static func add(
    _ name: String, _ action: Action, _ formula: Formula, _ builder: inout ProgramBuilder
  ) {
    builder.beginTopRule(
      TopRule(
        name: name, kind: .plain, rules: 0..<0, scopeDown: nil, scopeDownFormula: nil,
        isOverriddenToCount: false, opaqueGroup: nil, groupID: ""))
    builder.addRule(
      RuleInfo(
        name: name, path: name, ownAction: action, override: .none, formula: formula,
        managed: nil),
      action: action, labels: [], geo: GeoSources(rawValue: 0))
  }

  @Test func text() throws {
    let listing = ProgramListing(try Self.program())
    let text = listing.text(TextStyle(width: 90))
    #expect(Snapshot("program.txt").difference(from: text) == nil)
  }

  @Test func json() throws {
    let listing = ProgramListing(try Self.program())
    #expect(Snapshot("program.json").difference(from: listing.json.prettyText + "\n") == nil)
  }

  @Test func conformsToTheSchema() throws {
    let schema = try JSONSchema(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../docs/schemas/program.schema.json"))
    let text = ProgramListing(try Self.program()).json.prettyText
    #expect(try schema.findings(in: text) == [])
    #expect(try !schema.findings(in: text.replacing("\"code\"", with: "\"program\"")).isEmpty)
  }

  @Test func slotsShowWhatTheyShare() throws {
    let slots = ProgramListing(try Self.program()).slots
    let decoded = try #require(slots.first { $0.chain == ["URL_DECODE"] })
    #expect(decoded.childCount == 2)
    #expect(decoded.leaves.isEmpty)
    // Each slot stands behind the one that it starts from.
    for (index, slot) in slots.enumerated() where !slot.chain.isEmpty {
      let parent = slots[..<index].contains {
        $0.field == slot.field && $0.chain == Array(slot.chain.dropLast())
      }
      #expect(parent, "\(slot.chain)")
    }
  }

  @Test func literalsAreThoseOfTheProgram() throws {
    let program = try Self.program()
    let listing = ProgramListing(program)
    for leaf in listing.leaves {
      let literals = program.literals(of: program.leaves[leaf.number])
      #expect(leaf.literals.isEmpty == (literals == nil), "\(leaf.title)")
    }
    let unfiltered = listing.leaves.filter { $0.isPattern && $0.literals.isEmpty }
    #expect(unfiltered.map(\.criterion) == ["matches /^[a-z]+$/"])
  }

  @Test func rulesWatchTheirConditions() throws {
    let rules = ProgramListing(try Self.program()).rules
    #expect(rules[0].watches == [0])
    #expect(rules[1].watches == [1, 3])
  }

  /// The listed code gives what the formula says, whatever the answers are.
  @Test func codeSaysWhatTheFormulaSays() throws {
    let program = try Self.program()
    let listing = ProgramListing(program)
    for (rule, listed) in listing.rules.enumerated() {
      let formula = program.ruleInfo[rule].formula
      for answers in 0..<(1 << program.leaves.count) {
        let holds = { (leaf: Int) in answers >> leaf & 1 == 1 }
        #expect(run(listed.code, holds) == value(of: formula, holds), "\(listed.path) \(answers)")
      }
    }
  }

  private func run(_ code: [InstructionListing], _ holds: (Int) -> Bool) -> Bool {
    var place = 0
    while true {
      let instruction = code[place]
      let literal = holds(instruction.leaf) != instruction.isNegated
      switch literal ? instruction.onTrue : instruction.onFalse {
      case .match: return true
      case .noMatch: return false
      case .next(let next): place = next
      }
    }
  }

  private func value(of formula: Formula, _ holds: (Int) -> Bool) -> Bool {
    switch formula {
    case .leaf(let leaf): holds(leaf.position)
    case .and(let parts): parts.allSatisfy { value(of: $0, holds) }
    case .or(let parts): parts.contains { value(of: $0, holds) }
    case .not(let part): !value(of: part, holds)
    }
  }
}
