/// The components with an inspection limit that a condition looks at.
///
/// The log's `oversizeFields` names those that a reached rule inspects and that are above the limit,
/// whether or not evaluation got as far as the statement in question.
package struct InspectedParts: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  @inlinable package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  // Across modules the protocol's own are calls of witnesses, and these run for every rule.

  @inlinable package mutating func formUnion(_ other: InspectedParts) {
    self = InspectedParts(rawValue: rawValue | other.rawValue)
  }

  @inlinable package func union(_ other: InspectedParts) -> InspectedParts {
    InspectedParts(rawValue: rawValue | other.rawValue)
  }

  @inlinable package func contains(_ other: InspectedParts) -> Bool {
    rawValue & other.rawValue == other.rawValue
  }

  @inlinable package func intersection(_ other: InspectedParts) -> InspectedParts {
    InspectedParts(rawValue: rawValue & other.rawValue)
  }

  @inlinable package func subtracting(_ other: InspectedParts) -> InspectedParts {
    InspectedParts(rawValue: rawValue & ~other.rawValue)
  }

  @inlinable package static var body: Self { Self(rawValue: 1 << 0) }
  @inlinable package static var cookies: Self { Self(rawValue: 1 << 1) }
  @inlinable package static var jsonBody: Self { Self(rawValue: 1 << 2) }
  @inlinable package static var headers: Self { Self(rawValue: 1 << 3) }
  /// Whatever a rule looks at that nobody can model: a managed one, an opaque statement.
  @inlinable package static var unmodelled: Self { Self(rawValue: 1 << 7) }

  /// The names in `oversizeFields`, in the order of the developer guide.
  package var logNames: [String] {
    let table: [(InspectedParts, String)] = [
      (.body, "REQUEST_BODY"), (.jsonBody, "REQUEST_JSON_BODY"), (.headers, "REQUEST_HEADERS"),
      (.cookies, "REQUEST_COOKIES"),
    ]
    return table.filter { contains($0.0) }.map(\.1)
  }
}

extension Program {
  /// The parts that a formula inspects, behind managed rules too.
  package func inspectedParts(of formula: Formula) -> InspectedParts {
    var parts: InspectedParts = []
    for leaf in formula.leaves {
      switch leaves[leaf.position] {
      case .bytes(let slot, _, _, _), .regex(let slot, _, _), .size(let slot, _, _, _),
        .detector(let slot, _, _):
        parts.formUnion(fields[slots[slot.position].field].inspectedParts)
      case .managedRule(let index):
        if managed[index].branches.isEmpty { parts.insert(.unmodelled) }
        for branch in managed[index].branches {
          parts.formUnion(inspectedParts(of: branch.formula))
        }
      case .unknowable(let index): parts.formUnion(unknowables[index].inspected)
      case .rate(let index):
        if let scopeDown = rates[index].scopeDownFormula {
          parts.formUnion(inspectedParts(of: scopeDown))
        }
        for case .value(let slot) in rates[index].keys {
          parts.formUnion(fields[slots[slot.position].field].inspectedParts)
        }
      case .ipSet, .country, .asn, .label, .token, .resource: break
      }
    }
    return parts
  }
}

extension Field {
  package var inspectedParts: InspectedParts {
    switch self {
    case .body: .body
    case .jsonBody: .jsonBody
    case .headers, .headerOrder: .headers
    case .cookies: .cookies
    case .method, .uriPath, .queryString, .uriFragment, .singleHeader, .singleQueryArgument,
      .allQueryArguments, .ja3Fingerprint, .ja4Fingerprint:
      []
    }
  }
}
