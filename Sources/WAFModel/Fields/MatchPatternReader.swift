import Diagnostics
import DocumentTree

/// Reads a match pattern: `All`, which is an empty object, or a list of names under another key.
struct MatchPatternReader<Kind>
where Kind: RawRepresentable & CaseIterable & Equatable, Kind.RawValue == String {
  /// Which choice it is.
  let kind: Kind
  /// The names of the list; empty for `All`.
  let list: [String]

  init?(_ cursor: Cursor, in context: ReadingContext, all: Kind) {
    let names = Kind.allCases.map(\.rawValue)
    guard let union = UnionReader(cursor, in: context, what: "the match pattern", names: names)
    else { return nil }
    guard let kind = Kind(rawValue: union.name) else {
      context.error(
        "unknown-value", "unknown match pattern '\(union.name)'", at: union.value.pointer,
        focus: .key, suggestion: didYouMean(union.name, among: names))
      return nil
    }
    self.kind = kind
    if kind == all {
      guard var object = ObjectReader(union.value, in: context) else { return nil }
      object.finish()
      list = []
    } else {
      guard let elements = union.value.elements else {
        context.wrongType(union.value, expected: "an array")
        return nil
      }
      list = elements.compactMap { String(reading: $0, in: context) }
      guard list.count == elements.count else { return nil }
    }
  }
}
