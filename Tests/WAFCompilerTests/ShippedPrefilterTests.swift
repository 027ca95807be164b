import Bytes
import Literals
import ManagedRules
import Matching
import TestSupport
import Testing
import Transforms
import WAFCompiler
import WAFProgram

/// A prefilter is never the reason for a "no": whatever a shipped pattern or search string matches
/// passes it, with the literals in any spelling that still matches.
@Suite struct ShippedPrefilterTests {
  @Test(arguments: RulesetCatalogue.bundled().groups.map(\.name))
  func matchesPass(_ name: String) throws {
    let program = try Self.program(name)
    var random = SplitMix(state: 41)
    var scratch = PatternScratch()
    var unmatched: [String] = []
    for position in program.leaves.indices {
      let leaf = FilteredLeaf(program, position)
      guard let leaf, leaf.isWithLiterals else { continue }
      var matches = 0
      for _ in 0..<200 {
        let value = leaf.value(using: &random)
        guard leaf.matches(leaf.transformed(value), &scratch) else { continue }
        matches += 1
        #expect(leaf.passes(value), "\(leaf.text): \(String(decoding: value, as: UTF8.self))")
      }
      if matches < 5 { unmatched.append(leaf.text) }
    }
    #expect(unmatched.isEmpty)
  }

  /// The patterns and strings that the test above is about: nearly all that there are.
  @Test func nearlyAllHaveLiterals() throws {
    var (all, filtered) = (0, 0)
    for group in RulesetCatalogue.bundled().groups {
      let program = try Self.program(group.name)
      let leaves = program.leaves.indices.compactMap { FilteredLeaf(program, $0) }
      all += leaves.count
      filtered += leaves.count(where: \.isWithLiterals)
    }
    #expect(all > 150)
    #expect(filtered * 10 > all * 9)
  }

  private static func program(_ name: String) throws -> Program {
    let configuration: [String: String] = [
      "AWSManagedRulesBotControlRuleSet": #""InspectionLevel": "TARGETED""#,
      "AWSManagedRulesATPRuleSet": #""LoginPath": "/login""#,
      "AWSManagedRulesACFPRuleSet": """
      "CreationPath": "/login", "RegistrationPagePath": "/register",
      "RequestInspection": {"PayloadType": "JSON"}
      """,
      "AWSManagedRulesAntiDDoSRuleSet": """
      "ClientSideActionConfig": {"Challenge": {
        "UsageOfAction": "ENABLED", "ExemptUriRegularExpressions": [{"RegexString": "^/api/"}]}}
      """,
    ]
    let configurations = configuration[name].map { #"{"\#(name)": {\#($0)}}"# } ?? ""
    return try CompiledSketch(
      [
        groupRule(
          "a", 0, managedGroup(name, more: #", "ManagedRuleGroupConfigs": [\#(configurations)]"#))
      ], catalogue: .bundled(), options: CompilerOptions(lowestFidelity: .low)
    ).program
  }
}

/// A condition on the values of a slot, with its place in the prefilter of the field.
private struct FilteredLeaf {
  private enum Criterion {
    case bytes([UInt8], Position)
    case patterns([(pattern: CompiledPattern, sampler: PatternSampler)])
  }

  private let criterion: Criterion
  private let chain: [TextTransformation]
  private let traits: SlotTraits
  private let filter: FieldFilter
  private let bit: Int
  private let needles: [Needle]

  /// Nil for a condition that looks for nothing in values.
  init?(_ program: Program, _ position: Int) {
    let slot: SlotIndex
    switch program.leaves[position] {
    case .bytes(let index, let search, let place, _):
      slot = index
      criterion = .bytes(program.searches[search], place)
    case .regex(let index, let set, _):
      slot = index
      criterion = .patterns(
        program.patternSets[set].patterns.map { ($0, PatternSampler($0.source)) })
    default: return nil
    }
    chain = program.chain(of: slot)
    traits = program.filters.slots[slot.position]
    filter = program.filters.fields[program.slots[slot.position].field]
    bit = Int(program.filters.leaves[position].bit)
    needles = program.literals(of: program.leaves[position])?.needles ?? []
  }

  var isWithLiterals: Bool { bit >= 0 }

  var text: String {
    switch criterion {
    case .bytes(let search, let position):
      "\(position) '\(String(decoding: search, as: UTF8.self))' \(chain)"
    case .patterns(let patterns): "\(patterns.map(\.pattern.source)) \(chain)"
    }
  }

  // MARK: Values

  /// A value, before transformations, that may match.
  func value(using random: inout SplitMix) -> [UInt8] {
    var value: [UInt8] = []
    switch criterion {
    case .bytes(let search, _): value = search
    case .patterns(let patterns):
      value = patterns.randomElement(using: &random)?.sampler.sample(using: &random) ?? []
    }
    func chance(_ outOf: Int) -> Bool { Int.random(in: 0..<outOf, using: &random) == 0 }
    // Nothing around it half of the time: many patterns are anchored.
    if chance(3) { value = Self.padding(&random) + value }
    if chance(3) { value += Self.padding(&random) }
    if chance(2) {
      for index in value.indices where chance(6) { value[index] = Self.otherCase(value[index]) }
    }
    while chance(4), !value.isEmpty {
      let place = Int.random(in: 0...value.count, using: &random)
      value.insert(contentsOf: Self.padding(&random).prefix(2), at: place)
    }
    if chance(2) { value = encoded(value, &random) }
    return value
  }

  private static func padding(_ random: inout SplitMix) -> [UInt8] {
    let pieces = [
      "a", "Z", "/", " ", "x y", "=1&", ".", "%", "\t", "é", "\0", "&lt;", "-", ";", "(",
    ]
    return (0..<Int.random(in: 1...3, using: &random)).flatMap { _ in
      Array((pieces.randomElement(using: &random) ?? "").utf8)
    }
  }

  private static func otherCase(_ byte: UInt8) -> UInt8 {
    (0x41...0x5a).contains(byte & 0xdf) ? byte ^ 0x20 : byte
  }

  /// Some bytes in a spelling that the slot's transformations undo.
  private func encoded(_ value: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    let isURL = chain.contains(.urlDecode) || chain.contains(.urlDecodeUni)
    let isHTML = chain.contains(.htmlEntityDecode)
    return value.flatMap { byte -> [UInt8] in
      guard isURL || isHTML, Int.random(in: 0..<4, using: &random) == 0 else { return [byte] }
      let digits = String(Int(byte) + 0x100, radix: 16).dropFirst()
      return Array((isURL ? "%\(digits)" : "&#x\(digits);").utf8)
    }
  }

  func transformed(_ value: [UInt8]) -> [UInt8] {
    var output = value
    for transformation in chain {
      let input = output
      var next: [UInt8] = []
      if transformation.apply(to: input.span, into: &next).changed { output = next }
    }
    return output
  }

  // MARK: Matching

  /// The plain comparison, and PCRE2.
  func matches(_ value: [UInt8], _ scratch: inout PatternScratch) -> Bool {
    switch criterion {
    case .bytes(let search, let position):
      switch position {
      case .exactly: return value == search
      case .startsWith: return value.starts(with: search)
      case .endsWith: return value.suffix(search.count).elementsEqual(search)
      case .contains: return value.span.contains(search.span)
      case .containsWord: return value.span.containsWord(search.span)
      }
    case .patterns(let patterns):
      for pattern in patterns {
        if case .match = pattern.pattern.firstMatch(in: value.span, scratch: &scratch) {
          return true
        }
      }
      return false
    }
  }

  /// Whether the prefilter lets the condition be tested on what becomes of a value; looked for in the
  /// value itself too, where the engine does not look at what becomes of it.
  func passes(_ value: [UInt8]) -> Bool {
    let result = transformed(value)
    guard needles.contains(where: { $0.occurs(in: result.span) }), isFound(in: result) else {
      return false
    }
    let found = ByteTraits(of: value.span, ByteTraits.table)
    return found.intersects(traits.scanned) || isFound(in: value)
  }

  private func isFound(in value: [UInt8]) -> Bool {
    var words = [UInt64](repeating: 0, count: filter.prefilter.wordCount)
    guard filter.prefilter.scan(value.span, into: &words) else { return false }
    for needle in filter.needleStarts.indices.dropLast()
    where words[needle >> 6] >> UInt64(needle & 63) & 1 == 1 {
      let bits = Int(filter.needleStarts[needle])..<Int(filter.needleStarts[needle + 1])
      if filter.needleBits[bits].contains(Int32(bit)) { return true }
    }
    return false
  }
}
