import Bytes

/// What it takes for an attribute to be dangerous.
enum AttributeDanger: Hashable {
  /// Any value will do.
  case always(CrossSiteScriptingReason)
  /// A value that is a URL with a dangerous scheme.
  case scriptURL
  /// A value that is itself the name of a dangerous attribute.
  case attributeName
}

/// The attributes that decide.
enum AttributeNames {
  /// `filter` and `style` ran script in Internet Explorer; `by`, `from`, `to` and `values` are set by
  /// SVG's animations; `dynsrc`, `lowsrc` and the data binding attributes are Internet Explorer's.
  private static let attributes = NameTable<AttributeDanger>([
    ("action", .scriptURL), ("attributename", .attributeName),
    ("background", .scriptURL), ("by", .scriptURL),
    ("dataformatas", .always(.dataBinding)), ("datasrc", .always(.dataBinding)),
    ("dynsrc", .scriptURL),
    ("filter", .always(.style)), ("folder", .scriptURL), ("formaction", .scriptURL),
    ("from", .scriptURL),
    ("handler", .scriptURL), ("href", .scriptURL),
    ("lowsrc", .scriptURL),
    ("poster", .scriptURL),
    ("src", .scriptURL), ("style", .always(.style)),
    ("to", .scriptURL),
    ("values", .scriptURL),
  ])
  private static let on = PackedName("on")
  private static let xmlns = PackedName("xmlns")
  private static let xlink = PackedName("xlink")

  /// What the attribute of the name takes to be dangerous; nil where nothing makes it so.
  ///
  /// A name may hold NULs where it is itself a value: exact names are compared without them.
  static func danger(_ bytes: Span<UInt8>, _ range: Range<Int>) -> AttributeDanger? {
    guard range.count >= 2 else { return nil }
    let name = PackedName(bytes, range)
    if range.count >= 5 {
      if name.hasPrefix(on) {
        let event = PackedName(bytes, (range.lowerBound + 2)..<range.upperBound)
        if EventHandlers.contains(event) { return .always(.eventHandler) }
      }
      if name.hasPrefix(xmlns) || name.hasPrefix(xlink) { return .always(.namespace) }
    }
    return attributes.meaning(
      of: name.hasNUL ? PackedName(skippingNULsIn: bytes, range) : name)
  }
}
