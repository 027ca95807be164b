import Bytes
import WAFRequests

// MARK: Headers

extension RecordGenerator {
  mutating func setHeaders(_ record: inout RequestRecord) {
    record.headersAreComplete = dice.chance(75)
    for (name, values) in Vocabulary.headers {
      guard dice.chance(60) else { continue }
      let lines = dice.chance(15) ? 2 : 1
      for _ in 0..<lines {
        addHeader(name, dice.chance(60) ? Array(dice.pick(values).utf8) : value(), &record)
      }
    }
    if dice.chance(50) {
      let lines = dice.chance(15) ? 2 : 1
      for _ in 0..<lines { addHeader("Cookie", cookies(), &record) }
    }
    for name in ["X-Forwarded-For", "X-Real-Ip"] where dice.chance(60) {
      let lines = dice.chance(12) ? 2 : 1
      for _ in 0..<lines {
        addHeader(name, Array(dice.pick(Vocabulary.forwarded).utf8), &record)
      }
    }
    if dice.chance(10) {
      addHeader(
        "Content-Length", Array(dice.pick(["0", "5", "9000"]).utf8), &record, exactly: true)
    }
    if dice.chance(6) { addHeader("X-Aws-Waf-Token", Array("t".utf8), &record) }
    if dice.chance(8) { addHeader("Payment-Signature", Array("p".utf8), &record) }
    if dice.chance(3) { addManyHeaders(&record) }
    if dice.chance(20) { record.headers.reverse() }
  }

  /// Around the limits of 8,192 bytes and 200 headers.
  private mutating func addManyHeaders(_ record: inout RequestRecord) {
    let before = record.headers.count
    switch dice.below(4) {
    case 0, 1:
      for index in 0..<max(0, dice.count(198...200) - before) {
        addHeader("h\(index)", Array("1".utf8), &record, exactly: true)
      }
      addHeader("X-Many", Array("red".utf8), &record, exactly: true)
    case 2:
      let name = Array("X-Many".utf8)
      let sizes = record.headers.map { Int($0.name.count + $0.value.range.count) }
      // So that names and values, or values alone, end about the limit.
      let others = dice.chance(50) ? sizes.reduce(name.count, +) : 0
      let size = max(1, 8192 - others + dice.count(-4...1))
      let value = [UInt8](repeating: UInt8(ascii: "r"), count: size) + Array("ed".utf8)
      addHeader("X-Many", value, &record, exactly: true)
      addHeader("Accept", Array("blue".utf8), &record)
    default:
      let name = String(repeating: "n", count: dice.count(8186...8193))
      addHeader(name, Array("red".utf8), &record, exactly: true)
      addHeader("X-Many", Array("red".utf8), &record)
    }
  }

  private mutating func cookies() -> [UInt8] {
    if dice.chance(5) { return Array("sid=1; aws-waf-token=abc".utf8) }
    guard dice.chance(4) else {
      if dice.chance(55) { return Array(dice.pick(Vocabulary.cookies).utf8) }
      return Array(dice.pick(["sid=", "theme=x; sid=", "theme="]).utf8) + value()
    }
    // Around the limits of 8,192 bytes and 200 cookies.
    switch dice.below(3) {
    case 0:
      let text = String(repeating: "r", count: dice.count(8180...8190))
      return Array(("theme=" + text + "ed; sid=admin").utf8)
    case 1:
      let count = dice.count(198...201)
      return Array(
        ((0..<count).map { "c\($0)=1" }.joined(separator: "; ") + "; sid=red").utf8)
    default:
      return Array(("zz=" + String(repeating: "b", count: 8192) + "; sid=1").utf8)
    }
  }

  private mutating func addHeader(
    _ name: String, _ value: [UInt8], _ record: inout RequestRecord, exactly: Bool = false
  ) {
    let name = dice.chance(30) ? name.lowercased() : name
    record.appendHeader(name: Array(name.utf8).span, value: value.span)
    guard !exactly else { return }
    let index = record.headers.count - 1
    var state = component(record.headers[index].value, percent: 10)
    if state.state == .notRecorded { state = Component(.redacted) }
    record.headers[index].value = state
  }
}

// MARK: Body

extension RecordGenerator {
  mutating func setBody(_ record: inout RequestRecord) {
    var observed: Int?
    switch dice.below(24) {
    case 0..<6:
      break
    case 6..<9:
      let text = dice.chance(50) ? Array(dice.pick(Vocabulary.bodies).utf8) : value()
      record.body = record.appendExact(text)
      if record.body.state == .empty { record.body = .absent }
    case 9..<16:
      record.body = component(record.appendExact(json()), percent: 8)
      if record.body.state == .empty { record.body = .absent }
    case 16:
      guard dice.chance(60) else { break }
      record.body = record.appendExact(largeBody(dice.pick(Vocabulary.bodySizes)))
      if dice.chance(15) {
        let cut = dice.pick([8191, 8192, 8193])
        record.body.range.count = UInt32(min(cut, Int(record.body.range.count)))
        observed = dice.chance(50) ? Int(record.body.range.count) + dice.below(3) : nil
        record.body.state = .prefix
      }
    case 17, 18:
      observed = dice.pick([0, 5, 8192, 8193, 9000, 20000])
    case 19:
      record.body = known("admin=red", &record)
      observed = dice.pick([9, 100, 9000])
    case 20:
      record.body = component(known("{\"a\":\"admin\"}", &record), percent: 100)
    case 21:
      record.body = Component(.redacted)
      observed = dice.chance(50) ? dice.pick([5, 9000]) : nil
    default:
      record.body = Component(.absent)
    }
    record.settleBody(observedSize: observed, infersAbsence: dice.chance(80))
  }

  private mutating func largeBody(_ size: Int) -> [UInt8] {
    let filling = { (count: Int) in [UInt8](repeating: UInt8(ascii: "x"), count: count) }
    guard dice.chance(60) else { return filling(size - 5) + Array("admin".utf8) }
    let start = Array("{\"a\":\"red\",\"b\":\"".utf8)
    let end = Array("\",\"c\":\"admin\"}".utf8)
    let whole = start + filling(size - start.count - end.count) + end
    // Or whole within the limit, with white space behind.
    guard dice.chance(25) else { return whole }
    return Array("{\"a\":\"red\"}".utf8) + [UInt8](repeating: 0x20, count: size - 11)
  }

  private mutating func json() -> [UInt8] {
    var output: [UInt8] = []
    var rest = Array(dice.pick(Vocabulary.json).utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"),
        rest.first == UInt8(ascii: "1") || rest.first == UInt8(ascii: "2")
      else {
        output.append(byte)
        continue
      }
      rest.removeFirst()
      let value = value()
      output += dice.chance(90) ? escaped(value) : value
    }
    return output
  }

  /// A value as the inside of a JSON string; bytes that are not UTF-8 stay.
  private mutating func escaped(_ value: [UInt8]) -> [UInt8] {
    value.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x22, 0x5c: [0x5c, byte]
      case 0x0a: Array("\\n".utf8)
      case 0..<0x20:
        Array("\\u00".utf8) + Array(String(UInt16(byte) + 0x100, radix: 16).utf8.dropFirst())
      case UInt8(ascii: "a") where dice.chance(5): Array("\\u0061".utf8)
      default: [byte]
      }
    }
  }
}
