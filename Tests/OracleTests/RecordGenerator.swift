import Bytes
import IPAddressing
import WAFRequests

/// Random records over a scene, with everything that a recording can lack.
struct RecordGenerator {
  var dice: Dice
  let scene: Scene

  init(seed: UInt64, scene: Scene) {
    dice = Dice(seed: seed)
    self.scene = scene
  }

  mutating func next() -> RequestRecord {
    var record = RequestRecord()
    record.method = known(
      dice.weighted([(6, "GET"), (4, "POST"), (1, "HEAD"), (1, "get")]), &record)
    if dice.chance(3) { record.method = .notRecorded }
    record.httpVersion = known(dice.pick(["HTTP/1.1", "HTTP/1.1", "HTTP/2.0"]), &record)
    if dice.chance(40) { record.timestamp = 1_780_000_000_000 + Int64(dice.below(2)) * 400 }
    if dice.chance(50) {
      record.scheme = known(dice.pick(["https", "https", "http"]), &record)
    }
    setPath(&record)
    setQuery(&record)
    setFragment(&record)
    setHeaders(&record)
    setBody(&record)
    setClient(&record)
    setFingerprints(&record)
    setTokens(&record)
    if dice.chance(35) {
      record.sourceName = record.append(
        dice.pick(["ALB", "CF", "APIGW", "-", "APPSYNC", "COGNITOIDP"]).utf8)
    }
    return record
  }

  mutating func value() -> [UInt8] { dice.pick(scene.values) }

  func known(_ text: String, _ record: inout RequestRecord) -> Component {
    record.appendExact(Array(text.utf8).span)
  }

  /// A component in another state, with some probability.
  mutating func component(_ component: Component, percent: Int) -> Component {
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

  // MARK: URI

  private mutating func setPath(_ record: inout RequestRecord) {
    let path =
      dice.chance(60) ? Array(dice.pick(Vocabulary.paths).utf8) : Array("/".utf8) + value()
    record.path = component(record.appendExact(path), percent: 12)
  }

  private mutating func setQuery(_ record: inout RequestRecord) {
    switch dice.below(10) {
    case 0, 1: record.query = .absent
    case 2: record.query = Component(.absentOrEmpty)
    case 3..<6:
      record.query = component(known(dice.pick(Vocabulary.queries), &record), percent: 15)
    default:
      var query = Array(dice.pick(["a=", "b=1&A=", "ab=x&a=", "a=1&a="]).utf8) + value()
      if dice.chance(50) {
        query += Array(dice.pick(["&b=", "&a=", ";a=", "&&A="]).utf8) + value()
      }
      record.query = component(record.appendExact(query), percent: 15)
    }
  }

  private mutating func setFragment(_ record: inout RequestRecord) {
    switch dice.below(10) {
    case 0..<3: break
    case 3..<5: record.fragment = Component(record.stateOfMissingFragment)
    case 5: record.fragment = .absent
    case 6: record.fragment = Component(.absentOrEmpty)
    case 7: record.fragment = component(record.appendExact(value()), percent: 20)
    default:
      record.fragment = component(known(dice.pick(Vocabulary.fragments), &record), percent: 20)
    }
  }

  // MARK: Client

  private mutating func setClient(_ record: inout RequestRecord) {
    if dice.chance(80) {
      record.clientIP =
        IPAddress(dice.pick(Vocabulary.addresses)).map { .address($0) } ?? .invalid
    } else if dice.chance(10) {
      record.clientIP = .invalid
    }
    if dice.chance(60) { record.clientASN = dice.pick(Vocabulary.networks) }
    if dice.chance(60) { record.forwardedASN = dice.pick(Vocabulary.networks) }
    if dice.chance(50) {
      let (country, region) = place(&record)
      record.forwardedCountry = country
      record.forwardedRegion = region
    }
    if dice.chance(80) { (record.country, record.recordedRegion) = place(&record) }
  }

  private mutating func place(_ record: inout RequestRecord) -> (Country, ByteRange?) {
    let country = dice.pick(Vocabulary.countries + ["-"])
    var region: ByteRange?
    if country != "-", dice.chance(25) {
      region = record.append((country + dice.pick(["-CA", "-BE"])).utf8)
    }
    return (Country(Array(country.utf8).span), region)
  }

  private mutating func setFingerprints(_ record: inout RequestRecord) {
    let missing = Component(record.stateOfMissingFingerprint)
    record.ja3Fingerprint =
      dice.chance(60)
      ? component(known(dice.pick(Vocabulary.ja3), &record), percent: 10) : missing
    record.ja4Fingerprint =
      dice.chance(60)
      ? component(known(dice.pick(Vocabulary.ja4), &record), percent: 10) : missing
  }

  private mutating func setTokens(_ record: inout RequestRecord) {
    record.captcha = token(record.timestamp)
    record.challenge = token(record.timestamp)
    if dice.chance(20) { record.paymentVerified = dice.chance(50) }
  }

  private mutating func token(_ now: Int64?) -> TokenEvidence {
    guard dice.chance(50) else { return TokenEvidence() }
    var evidence = TokenEvidence()
    evidence.finding = dice.pick([
      .valid, .valid, .valid, .missing, .expired, .expired, .invalid, .domainMismatch,
    ])
    if dice.chance(60) {
      let seconds = (now ?? 1_780_000_000_000) / 1000
      evidence.solveTimestamp =
        seconds - Int64(dice.pick([0, 59, 60, 61, 299, 300, 301, 599, 600, 601, 1000]))
    }
    return evidence
  }
}
