import Bytes
import IPAddressing
import WAFRequests

/// Random records over the vocabulary, with everything that a recording can lack.
struct RecordGenerator {
  var dice: Dice

  init(seed: UInt64) {
    dice = Dice(seed: seed)
  }

  mutating func next() -> RequestRecord {
    var record = RequestRecord()
    record.method = known(
      dice.weighted([(6, "GET"), (4, "POST"), (1, "HEAD"), (1, "get")]), &record)
    if dice.chance(3) { record.method = .notRecorded }
    record.httpVersion = known(dice.pick(["HTTP/1.1", "HTTP/1.1", "HTTP/2.0"]), &record)
    record.path = component(known(dice.pick(Vocabulary.paths), &record), percent: 12)
    setQuery(&record)
    setHeaders(&record)
    setBody(&record)
    setClient(&record)
    if dice.chance(35) {
      record.sourceName = record.append(dice.pick(["ALB", "CF", "APIGW", "-"]).utf8)
    }
    return record
  }

  private func known(_ text: String, _ record: inout RequestRecord) -> Component {
    record.appendExact(Array(text.utf8).span)
  }

  /// A component in another state, with some probability.
  private mutating func component(_ component: Component, percent: Int) -> Component {
    guard dice.chance(percent), !component.range.isEmpty else { return component }
    switch dice.below(4) {
    case 0: return .notRecorded
    case 1: return Component(.redacted)
    case 2: return Component(.lossy, component.range)
    default:
      var range = component.range
      range.count = UInt32(dice.count(1...Int(range.count)))
      return Component(.prefix, range)
    }
  }

  private mutating func setQuery(_ record: inout RequestRecord) {
    switch dice.below(10) {
    case 0..<3: record.query = .absent
    case 3: record.query = Component(.absentOrEmpty)
    default:
      record.query = component(known(dice.pick(Vocabulary.queries), &record), percent: 15)
    }
  }

  private mutating func setHeaders(_ record: inout RequestRecord) {
    record.headersAreComplete = dice.chance(70)
    for (name, values) in Vocabulary.headers {
      guard dice.chance(60) else { continue }
      let lines = dice.chance(15) ? 2 : 1
      for _ in 0..<lines { addHeader(name, dice.pick(values), &record) }
    }
    if dice.chance(50) {
      let lines = dice.chance(15) ? 2 : 1
      for _ in 0..<lines { addHeader("Cookie", cookies(), &record) }
    }
    if dice.chance(10) {
      addHeader("Content-Length", dice.pick(["0", "5", "9000"]), &record, exactly: true)
    }
  }

  private mutating func cookies() -> String {
    guard dice.chance(4) else { return dice.pick(Vocabulary.cookies) }
    // Around the limits of 8,192 bytes and 200 cookies.
    switch dice.below(3) {
    case 0:
      return "theme=" + String(repeating: "r", count: dice.count(8180...8190)) + "ed; sid=admin"
    case 1:
      let count = dice.count(198...201)
      return (0..<count).map { "c\($0)=1" }.joined(separator: "; ") + "; sid=red"
    default:
      return "zz=" + String(repeating: "b", count: 8192) + "; sid=1"
    }
  }

  private mutating func addHeader(
    _ name: String, _ value: String, _ record: inout RequestRecord, exactly: Bool = false
  ) {
    let name = dice.chance(30) ? name.lowercased() : name
    record.appendHeader(name: Array(name.utf8).span, value: Array(value.utf8).span)
    guard !exactly else { return }
    let index = record.headers.count - 1
    var state = component(record.headers[index].value, percent: 10)
    if state.state == .notRecorded { state = Component(.redacted) }
    record.headers[index].value = state
  }

  private mutating func setBody(_ record: inout RequestRecord) {
    var observed: Int?
    switch dice.below(20) {
    case 0..<8:
      break
    case 8..<13:
      record.body = known(dice.pick(Vocabulary.bodies), &record)
      if record.body.state == .empty { record.body = .absent }
    case 13:
      let size = dice.pick(Vocabulary.bodySizes)
      let text = [UInt8](repeating: UInt8(ascii: "x"), count: size - 5) + Array("admin".utf8)
      record.body = record.appendExact(text)
    case 14, 15:
      observed = dice.pick([0, 5, 8192, 8193, 9000, 20000])
    case 16:
      record.body = known("admin=red", &record)
      observed = dice.pick([9, 100, 9000])
    case 17:
      record.body = component(known("admin=red", &record), percent: 100)
    case 18:
      record.body = Component(.redacted)
      observed = dice.chance(50) ? dice.pick([5, 9000]) : nil
    default:
      record.body = Component(.absent)
    }
    record.settleBody(observedSize: observed, infersAbsence: dice.chance(80))
  }

  private mutating func setClient(_ record: inout RequestRecord) {
    if dice.chance(80) {
      record.clientIP =
        IPAddress(dice.pick(Vocabulary.addresses)).map { .address($0) } ?? .invalid
    } else if dice.chance(10) {
      record.clientIP = .invalid
    }
    guard dice.chance(80) else { return }
    let country = dice.pick(Vocabulary.countries + ["-"])
    record.country = Country(Array(country.utf8).span)
    if country != "-", dice.chance(25) {
      record.recordedRegion = record.append((country + dice.pick(["-CA", "-BE"])).utf8)
    }
  }
}
