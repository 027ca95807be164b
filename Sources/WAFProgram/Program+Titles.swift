import Matching
import Transforms
import WAFRequests

extension Program {
  /// A condition in words: field, transformations, criterion.
  package func title(of condition: Condition) -> String {
    switch condition {
    case .bytes(let slot, _, _, _), .regex(let slot, _, _), .detector(let slot, _, _):
      "\(title(of: slot)) \(criterion(of: condition))"
    case .size(let slot, let comparison, let limit, _):
      "size of \(title(of: slot)) \(comparison.symbol) \(limit)"
    case .ipSet, .country, .asn, .label, .rate, .managedRule, .token, .resource, .unknowable:
      criterion(of: condition)
    }
  }

  /// What a condition looks for in its slot, in words; of one without a slot, the condition.
  package func criterion(of condition: Condition) -> String {
    switch condition {
    case .bytes(_, let search, let position, _):
      return "\(position.title) \(quoted(searches[search]))"
    case .regex(_, let set, _):
      let patterns = patternSets[set].patterns.map { "/\($0.source)/" }
      return "matches " + patterns.joined(separator: " or ")
    case .size(_, let comparison, let limit, _):
      return "size \(comparison.symbol) \(limit)"
    case .detector(_, let detector, _):
      return detector.title
    case .ipSet(let set, let source):
      return "\(addressTitle(source)) in \(ipSetNames[set])"
    case .country(let set, let source):
      return placeTitle("country", source)
        + countrySets[set].map(\.text).joined(separator: ", ")
    case .asn(let set, let source):
      return placeTitle("autonomous system", source)
        + asnSets[set].map { String($0) }.joined(separator: ", ")
    case .label(let key):
      let pattern = labelKeys[key].pattern
      return (pattern.scope == .label ? "label " : "label namespace ") + pattern.key
    case .rate(let index):
      return title(of: rates[index])
    case .managedRule(let index):
      return "managed rule \(managed[index].name)"
    case .token(let test):
      let part = test.part == .challenge ? "token" : "CAPTCHA of the token"
      return "\(part) \(test.state.title)"
    case .resource(let type):
      return "resource type \(type.rawValue)"
    case .unknowable(let index):
      return unknowables[index].title
    }
  }

  private func addressTitle(_ source: Int) -> String {
    guard case .forwarded(let header) = addressSources[source] else {
      return "client address"
    }
    return "\(header.position.title) address in \(String(decoding: header.name, as: UTF8.self))"
  }

  private func placeTitle(_ place: String, _ source: Int) -> String {
    guard case .forwarded = addressSources[source] else { return "\(place) in " }
    return "\(place) of the \(addressTitle(source)) in "
  }

  private func title(of rate: RateRule) -> String {
    var keys: [String] = []
    for key in rate.keys { keys.append(title(of: key)) }
    let grouping = keys.isEmpty ? "" : " by " + keys.joined(separator: ", ")
    return "more than \(rate.limit) requests in \(rate.windowSeconds) s" + grouping
  }

  /// A part of the key of a rate-based rule in words.
  package func title(of key: RateRule.Key) -> String {
    switch key {
    case .address(let source): addressTitle(source)
    case .asn(let source): "autonomous system of the \(addressTitle(source))"
    case .value(let slot): title(of: slot)
    case .labels(let key): "labels under \(labelKeys[key].pattern.key)"
    }
  }

  /// A slot in words: field and transformations.
  package func title(of slot: SlotIndex) -> String {
    let names = transformations(of: slot)
    let field = fields[slots[slot.position].field].title
    return names.isEmpty ? field : "\(field) after \(names.joined(separator: ", "))"
  }

  /// The transformations that a slot's values go through, by name.
  package func transformations(of slot: SlotIndex) -> [String] {
    var names: [String] = []
    var current: SlotIndex? = slot
    while let index = current {
      if let transformation = slots[index.position].transformation {
        names.insert(transformation.wireName, at: 0)
      }
      current = slots[index.position].parent
    }
    return names
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
