/// The elements of a set that the new one lacks, to find which of them another one was.
struct SetPartners {
  /// An element and its index in the document.
  typealias Element = (index: Int, value: Meaning)

  /// Nil for those that were taken.
  private var values: [Meaning?]
  /// The places of those of one identity.
  private var groups: [[UInt8]: [Int]] = [:]
  /// How many are tried, so that long lists stay quick.
  private static let tried = 16

  init(_ elements: [Element]) {
    values = elements.map(\.value)
    for (place, element) in elements.enumerated() {
      guard let identity = element.value.identity else { continue }
      groups[identity, default: []].append(place)
    }
  }

  /// Those that were not taken.
  var rest: [Meaning] { values.compactMap { $0 } }

  /// Takes the element of the same kind or name that is the most like a value.
  ///
  /// - Parameter isTrial: whether the first one will do: trials within trials would take time that
  ///   doubles with each level of a document.
  mutating func take(for value: Meaning, isTrial: Bool) -> Meaning? {
    guard let identity = value.identity, let group = groups[identity], var best = group.first else {
      return nil
    }
    if !isTrial, group.count > 1 {
      var least = Int.max
      for place in group.prefix(Self.tried) {
        let weight = MemberDifference(trying: values[place], value).weight
        if weight < least { (least, best) = (weight, place) }
      }
    }
    groups[identity]?.removeAll { $0 == best }
    defer { values[best] = nil }
    return values[best]
  }
}

extension Meaning {
  /// What stays the same while an element of a set changes: a choice's name, a header's.
  ///
  /// Nil for what has no parts.
  fileprivate var identity: [UInt8]? {
    guard case .object(let members) = kind, !members.isEmpty else { return nil }
    for name in ["Name", "Field", "Key"] {
      if let value = self[name], members.count > 1 { return value.key }
    }
    return onlyMember.map { Array($0.name.utf8) }
  }
}
