import Bytes

/// The elements whose mere opening decides.
enum TagNames {
  /// Elements that run script, load something, or change how what follows is read.
  private static let active = NameTable<Void>([
    ("applet", ()), ("base", ()), ("comment", ()), ("embed", ()), ("frame", ()),
    ("frameset", ()), ("handler", ()), ("iframe", ()), ("import", ()), ("isindex", ()),
    ("link", ()), ("listener", ()), ("meta", ()), ("noscript", ()), ("object", ()),
    ("script", ()), ("style", ()), ("vmlframe", ()), ("xml", ()), ("xss", ()),
  ])
  private static let svg = PackedName("svg")
  private static let xsl = PackedName("xsl")

  /// The rule that the name of a tag meets.
  ///
  /// Browsers dropped NULs from names, so that `scr\0ipt` is `script`; prefixes are taken as they are.
  static func reason(_ bytes: Span<UInt8>, _ range: Range<Int>) -> CrossSiteScriptingReason? {
    guard range.count >= 3 else { return nil }
    let name = PackedName(bytes, range)
    let whole = name.hasNUL ? PackedName(skippingNULsIn: bytes, range) : name
    if active.meaning(of: whole) != nil { return .activeTag }
    return name.hasPrefix(svg) || name.hasPrefix(xsl) ? .foreignTag : nil
  }
}
