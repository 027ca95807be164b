/// The key of a label match statement.
///
/// Source: "Label match rule statement" and "Label matching examples" of the developer guide
/// (documented); `docs/behaviour/labels.md` has the reading of the undocumented corners.
package struct LabelPattern: Hashable, Sendable {
  package enum Scope: Hashable, Sendable {
    case label
    case namespace
  }

  package var scope: Scope
  package var key: String
  /// The prefix of the web ACL or rule group that holds the statement, with its trailing colon.
  package var context: String

  package init(scope: Scope, key: String, context: String) {
    self.scope = scope
    self.key = key
    self.context = context
  }

  /// Keys that begin so are fully qualified; no label of one's own can.
  package static let reserved = "awswaf:"

  /// The other reading (Q15) of a namespace key without a trailing colon: a plain prefix.
  package var hasOtherReading: Bool {
    scope == .namespace && !key.hasSuffix(":")
  }

  /// Whether the fully qualified `label` satisfies the pattern.
  package func matches(_ label: String, asPlainPrefix: Bool = false) -> Bool {
    if key.hasPrefix(Self.reserved) {
      switch scope {
      case .label: return Self.equal(label, key)
      case .namespace: return Self.begins(label, with: asPlainPrefix ? key : withColon)
      }
    }
    guard let rest = Self.rest(of: label, after: context) else { return false }
    switch scope {
    case .label:
      return rest == key || rest.hasSuffix(":" + key)
    case .namespace:
      guard let colon = rest.lastIndex(of: ":") else { return false }
      let namespaces = ":" + rest[...colon]
      return namespaces.contains(":" + (asPlainPrefix ? key : withColon))
    }
  }

  /// Whether some label under `namespace` could satisfy the pattern.
  ///
  /// Case is ignored: how the service spells a vendor's name in labels is not documented.
  package func couldMatch(namespace: String) -> Bool {
    let key = key.lowercased()
    let context = context.lowercased()
    let namespace = namespace.lowercased()
    if key.hasPrefix(Self.reserved) {
      return Self.begins(key, with: namespace)
        || (scope == .namespace && Self.begins(namespace, with: key))
    }
    return Self.begins(namespace, with: context) || Self.begins(context, with: namespace)
  }

  private var withColon: String { key.hasSuffix(":") ? key : key + ":" }

  /// Compares component by component: `*` stands for an account or name that is not known.
  private static func equal(_ label: String, _ key: String) -> Bool {
    rest(of: label, after: key).map(\.isEmpty) ?? false
  }

  private static func begins(_ label: String, with prefix: String) -> Bool {
    rest(of: label, after: prefix) != nil
  }

  /// What follows `prefix` in `label`; nil if `label` does not begin so.
  private static func rest(of label: String, after prefix: String) -> Substring? {
    if label.hasPrefix(prefix) { return label.dropFirst(prefix.count) }
    guard label.contains("*") || prefix.contains("*") else { return nil }
    var labelParts = label.split(separator: ":", omittingEmptySubsequences: false)[...]
    var prefixParts = prefix.split(separator: ":", omittingEmptySubsequences: false)[...]
    while let wanted = prefixParts.popFirst() {
      guard let part = labelParts.first else { return nil }
      if prefixParts.isEmpty {
        // The last piece of the prefix may end inside a component.
        if wanted == "*" || part == "*" {
          labelParts.removeFirst()
          return Substring(labelParts.joined(separator: ":"))
        }
        guard part.hasPrefix(wanted) else { return nil }
        let tail = [part.dropFirst(wanted.count)] + labelParts.dropFirst()
        return Substring(tail.joined(separator: ":"))
      }
      guard wanted == part || wanted == "*" || part == "*" else { return nil }
      labelParts.removeFirst()
    }
    return Substring(labelParts.joined(separator: ":"))
  }
}

/// A label pattern, resolved against the labels that the program can add.
package struct LabelKey: Sendable {
  package var pattern: LabelPattern
  /// The labels of the program that satisfy the pattern.
  package var labels: BitSet
  /// The same by the other reading of Q15; nil where both readings agree by form.
  package var labelsByOtherReading: BitSet?
  /// The groups that are not at hand and might add a label that satisfies the pattern.
  package var opaqueGroups: BitSet
  /// What the geo labels of the peer, and of a forwarded address, have to be.
  package var client: GeoTests
  package var forwarded: GeoTests

  package enum GeoTest: Hashable, Sendable {
    case never
    case always
    case equals(String)
    case startsWith(String)
  }
}

/// What a label pattern asks of the geo labels of one source.
package struct GeoTests: Hashable, Sendable {
  package var country: LabelKey.GeoTest
  package var region: LabelKey.GeoTest
  /// The same by the other reading of Q15; as above where both readings agree by form.
  package var countryByOtherReading: LabelKey.GeoTest
  package var regionByOtherReading: LabelKey.GeoTest

  /// Whether some label of the source could satisfy the pattern.
  package var asksForLabels: Bool {
    country != .never || region != .never || countryByOtherReading != .never
      || regionByOtherReading != .never
  }

  init(_ pattern: LabelPattern, _ label: GeoLabel) {
    let asPlainPrefix = pattern.hasOtherReading
    country = GeoLabel.test(pattern, namespace: label.country)
    region = GeoLabel.test(pattern, namespace: label.region)
    countryByOtherReading = GeoLabel.test(
      pattern, namespace: label.country, asPlainPrefix: asPlainPrefix)
    regionByOtherReading = GeoLabel.test(
      pattern, namespace: label.region, asPlainPrefix: asPlainPrefix)
  }
}

/// The namespaces of the labels that geo match statements add.
package struct GeoLabel: Hashable, Sendable {
  package var country: String
  package var region: String

  package static let client = GeoLabel(
    country: "awswaf:clientip:geo:country:", region: "awswaf:clientip:geo:region:")
  package static let forwarded = GeoLabel(
    country: "awswaf:forwardedip:geo:country:", region: "awswaf:forwardedip:geo:region:")

  /// What `pattern` asks of a label `namespace` + value.
  package static func test(
    _ pattern: LabelPattern, namespace: String, asPlainPrefix: Bool = false
  ) -> LabelKey.GeoTest {
    guard pattern.key.hasPrefix(LabelPattern.reserved) else { return .never }
    switch pattern.scope {
    case .label:
      guard pattern.key.hasPrefix(namespace) else { return .never }
      return .equals(String(pattern.key.dropFirst(namespace.count)))
    case .namespace:
      let isWhole = asPlainPrefix || pattern.key.hasSuffix(":")
      let key = isWhole ? pattern.key : pattern.key + ":"
      if namespace.hasPrefix(key) { return .always }
      // Only a plain prefix can end inside the name of the label.
      guard asPlainPrefix, key.hasPrefix(namespace) else { return .never }
      return .startsWith(String(key.dropFirst(namespace.count)))
    }
  }
}
