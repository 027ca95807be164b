import Bytes
import TestSupport
import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Whatever a recording leaves out: what is still said of a component is what the whole says.
struct DegradedRecordTests {
  private static func text(_ random: inout SplitMix, _ alphabet: [UInt8], _ most: Int) -> [UInt8] {
    // Some values end close to the limits of what is inspected.
    let isLong = Int.random(in: 0..<12, using: &random) == 0
    let count =
      isLong
      ? Int.random(in: 8180...8200, using: &random) : Int.random(in: 0...most, using: &random)
    let filler = isLong ? [UInt8(ascii: "a")] : alphabet
    return (0..<count).map { index in
      index < 12 || !isLong
        ? alphabet[Int.random(in: alphabet.indices, using: &random)] : filler[0]
    }
  }

  private static let words = Array("an1 =&;,%2+.AB\"\\".utf8)

  private static func json(_ random: inout SplitMix, depth: Int = 0) -> String {
    let strings = ["n", "a", "", "\\u0061", "an", "\\ud800", "b2"]
    func string() -> String { "\"\(strings[Int.random(in: strings.indices, using: &random)])\"" }
    switch Int.random(in: 0..<(depth > 3 ? 4 : 7), using: &random) {
    case 0: return string()
    case 1: return ["1", "-2.5e3", "true", "null"][Int.random(in: 0..<4, using: &random)]
    case 2, 3: return string()
    case 4, 5:
      let members = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        string() + ":" + json(&random, depth: depth + 1)
      }
      return "{" + members.joined(separator: ",") + "}"
    default:
      let items = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        json(&random, depth: depth + 1)
      }
      return "[" + items.joined(separator: ",") + "]"
    }
  }

  private static func record(_ random: inout SplitMix) -> RequestRecord {
    var record = RequestRecord()
    record.method = record.appendExact(Array("GET".utf8))
    record.path = record.appendExact(text(&random, words, 10))
    record.query = record.appendExact(text(&random, words, 20))
    record.fragment =
      Bool.random(using: &random) ? record.appendExact(text(&random, words, 4)) : .absent
    record.ja3Fingerprint =
      Bool.random(using: &random) ? record.appendExact(Array("an".utf8)) : .absent
    record.ja4Fingerprint = record.ja3Fingerprint
    let names = ["n", "N", "X-B", "x-b", "Cookie", "cookie", "other"]
    let isMany = Int.random(in: 0..<20, using: &random) == 0
    for _ in 0..<(isMany ? 202 : Int.random(in: 0...5, using: &random)) {
      let name = names[Int.random(in: names.indices, using: &random)]
      record.appendHeader(
        name: Array(name.utf8).span, value: text(&random, words, isMany ? 3 : 12).span)
    }
    record.headersAreComplete = true
    var body: [UInt8] =
      Bool.random(using: &random)
      ? Array(json(&random).utf8) : text(&random, Array("{}[]\":,an1\\ ".utf8), 16)
    if Int.random(in: 0..<8, using: &random) == 0 {
      let count = max(0, Int.random(in: 8185...8200, using: &random) - body.count)
      body = [UInt8](repeating: UInt8(ascii: " "), count: count) + body
    }
    record.body = body.isEmpty ? .absent : record.appendExact(body)
    record.settleBody()
    return record
  }

  // MARK: What recordings leave out

  private static func cut(_ component: Component, _ random: inout SplitMix) -> Component {
    guard component.state == .known else { return component }
    var cut = component
    cut.state = .prefix
    cut.range.count = UInt32(
      truncatingIfNeeded: Int.random(in: 1...Int(component.range.count), using: &random))
    return cut
  }

  private static func degraded(_ whole: RequestRecord, _ random: inout SplitMix) -> RequestRecord {
    var record = whole
    switch Int.random(in: 0..<11, using: &random) {
    case 9:
      var query = record.query
      redactValue(in: &query, &record, separator: UInt8(ascii: "&"), &random)
      record.query = query
    case 10:
      guard let index = record.headers.indices.randomElement(using: &random) else { break }
      var value = record.headers[index].value
      redactValue(in: &value, &record, separator: UInt8(ascii: ";"), &random)
      record.headers[index].value = value
    case 0: record.query = cut(record.query, &random)
    case 1: record.query = Component(.redacted)
    case 2:
      guard let index = record.headers.indices.randomElement(using: &random) else { break }
      record.headers[index].value = cut(record.headers[index].value, &random)
    case 3:
      guard let index = record.headers.indices.randomElement(using: &random) else { break }
      record.headers[index].value = Component(
        Bool.random(using: &random) ? .redacted : .notRecorded)
    case 4:
      // Of a name that is there every line is.
      record.headersAreComplete = false
      guard let header = record.headers.randomElement(using: &random) else { break }
      let name = record.text(header.name).lowercased()
      let copy = record
      record.headers.removeAll { copy.text($0.name).lowercased() == name }
    case 5: hideBody(of: &record, &random)
    case 6:
      record.fragment = Component(.notRecorded)
      record.ja3Fingerprint = Component(.notRecorded)
    case 7:
      record.fragment = cut(record.fragment, &random)
      record.path = cut(record.path, &random)
    default:
      record.path = Component(.notRecorded)
      record.fragment = Component(.redacted)
    }
    return record
  }

  /// Puts `REDACTED` in the place of the value of one argument or cookie.
  private static func redactValue(
    in component: inout Component, _ record: inout RequestRecord, separator: UInt8,
    _ random: inout SplitMix
  ) {
    guard component.state == .known else { return }
    var parts = record.storage[component.range.bounds]
      .split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
    let index = Int.random(in: parts.indices, using: &random)
    guard let equals = parts[index].firstIndex(of: UInt8(ascii: "=")) else { return }
    parts[index] = parts[index][...equals] + Array("REDACTED".utf8)
    component = record.appendExact(Array(parts.joined(separator: [separator])))
  }

  private static func hideBody(of record: inout RequestRecord, _ random: inout SplitMix) {
    guard record.body.state == .known else { return }
    let size = Int(record.body.range.count)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: record.body = Component(.redacted)
    case 1: record.body = Component(.notRecorded)
    default: record.body = cut(record.body, &random)
    }
    record.bodySize =
      [.unknown, .recorded(size), .observed(size)][Int.random(in: 0..<3, using: &random)]
  }

  /// The level is no stricter either: a reading of an open question that disagrees on the whole
  /// request does so on what is left of it.
  @Test(arguments: [ResourceType?.some(.applicationLoadBalancer), .some(.apiGateway), nil])
  func whatIsKnownIsSo(_ type: ResourceType?) {
    let seed: UInt64 = 0x5eed_0031
    var random = SplitMix(state: seed)
    var known = 0
    for round in 0..<80 {
      var leaves: [LeafIndex] = []
      let program = sketch(
        limits: BodyLimits(stated: type, assumed: .applicationLoadBalancer, configured: [:])
      ) { builder in
        for number in 0..<40 {
          let formula = ComponentSketch.condition(&builder, &random)
          if case .leaf(let leaf) = formula { leaves.append(leaf) }
          builder.rule("r\(number)", .count, formula)
        }
      }
      var evaluator = Evaluator(program)
      let whole = Self.record(&random)
      let part = Self.degraded(whole, &random)
      evaluator.begin(whole)
      let expected = leaves.map { evaluator.answer($0, whole) }
      evaluator.begin(part)
      for (leaf, expected) in zip(leaves, expected) {
        let answer = evaluator.answer(leaf, part)
        guard answer.value.isKnown else { continue }
        known += 1
        if answer.value == expected.value && answer.level >= expected.level { continue }
        if !expected.value.isKnown { continue }
        let title = evaluator.title(of: program.leaves[leaf.position])
        Issue.record(
          "round \(round) of seed \(seed): \(title): \(answer), whole: \(expected)")
        return
      }
    }
    #expect(known > 1500)
  }
}
