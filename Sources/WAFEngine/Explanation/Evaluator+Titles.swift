import Matching
import Transforms
import WAFProgram
import WAFRequests

extension Evaluator {
  /// A condition in words: field, transformations, criterion.
  func title(of condition: Condition) -> String {
    switch condition {
    case .bytes(let slot, let search, let position, _):
      return "\(title(of: slot)) \(position.title) "
        + quoted(program.searches[search])
    case .regex(let slot, let set, _):
      let patterns = program.patternSets[set].patterns.map { "/\($0.source)/" }
      return "\(title(of: slot)) matches " + patterns.joined(separator: " or ")
    case .size(let slot, let comparison, let limit, _):
      return "size of \(title(of: slot)) \(comparison.symbol) \(limit)"
    case .detector(let slot, let detector, _):
      return "\(title(of: slot)) \(detector.title)"
    case .ipSet(let set, let source):
      return "\(addressTitle(source)) in \(program.ipSetNames[set])"
    case .country(let set, let source):
      return placeTitle("country", source)
        + program.countrySets[set].map(\.text).joined(separator: ", ")
    case .asn(let set, let source):
      return placeTitle("autonomous system", source)
        + program.asnSets[set].map { String($0) }.joined(separator: ", ")
    case .label(let key):
      let pattern = program.labelKeys[key].pattern
      return (pattern.scope == .label ? "label " : "label namespace ") + pattern.key
    case .rate(let index):
      return title(of: program.rates[index])
    case .managedRule(let index):
      return "managed rule \(program.managed[index].name)"
    case .token(let test):
      let part = test.part == .challenge ? "token" : "CAPTCHA of the token"
      return "\(part) \(test.state.title)"
    case .resource(let type):
      return "resource type \(type.rawValue)"
    case .unknowable(let index):
      return program.unknowables[index].title
    }
  }

  private func addressTitle(_ source: Int) -> String {
    guard case .forwarded(let header) = program.addressSources[source] else {
      return "client address"
    }
    return "\(header.position.title) address in \(String(decoding: header.name, as: UTF8.self))"
  }

  private func placeTitle(_ place: String, _ source: Int) -> String {
    guard case .forwarded = program.addressSources[source] else { return "\(place) in " }
    return "\(place) of the \(addressTitle(source)) in "
  }

  private func title(of rate: RateRule) -> String {
    var keys: [String] = []
    for key in rate.keys { keys.append(title(of: key)) }
    let grouping = keys.isEmpty ? "" : " by " + keys.joined(separator: ", ")
    return "more than \(rate.limit) requests in \(rate.windowSeconds) s" + grouping
  }

  /// A part of the key of a rate-based rule in words.
  func title(of key: RateRule.Key) -> String {
    switch key {
    case .address(let source): addressTitle(source)
    case .asn(let source): "autonomous system of the \(addressTitle(source))"
    case .value(let slot): title(of: slot)
    case .labels(let key): "labels under \(program.labelKeys[key].pattern.key)"
    }
  }

  private func title(of slot: SlotIndex) -> String {
    var names: [String] = []
    var current: SlotIndex? = slot
    while let index = current {
      if let transformation = program.slots[index.position].transformation {
        names.insert(transformation.wireName, at: 0)
      }
      current = program.slots[index.position].parent
    }
    let field = program.fields[program.slots[slot.position].field].title
    return names.isEmpty ? field : "\(field) after \(names.joined(separator: ", "))"
  }

  private func quoted(_ bytes: [UInt8]) -> String {
    "\"" + String(decoding: bytes, as: UTF8.self) + "\""
  }
}

extension Position {
  fileprivate var title: String {
    switch self {
    case .exactly: "EXACTLY"
    case .startsWith: "STARTS_WITH"
    case .endsWith: "ENDS_WITH"
    case .contains: "CONTAINS"
    case .containsWord: "CONTAINS_WORD"
    }
  }
}

extension Detector {
  fileprivate var title: String {
    switch self {
    case .sqlInjectionLow: "holds SQL injection (sensitivity LOW)"
    case .sqlInjectionHigh: "holds SQL injection (sensitivity HIGH)"
    case .crossSiteScripting: "holds cross-site scripting"
    }
  }
}

extension ForwardedHeader.Position {
  fileprivate var title: String {
    switch self {
    case .first: "first"
    case .last: "last"
    case .any: "any"
    }
  }
}
