/// A piece of HTML that a decision can be made on; text and closed end tags are none.
enum MarkupToken: Equatable {
  /// A start tag up to its name, or an end tag that goes on behind its name.
  case tag(opening: Range<Int>, name: Range<Int>)
  /// An attribute that has a value, be it empty.
  case attribute(name: Range<Int>, value: Range<Int>)
  /// `<!doctype`.
  case doctype(opening: Range<Int>, keyword: Range<Int>)
  /// A comment, a processing instruction or a declaration, without what closes it.
  case comment(opening: Range<Int>, content: Range<Int>)
}
