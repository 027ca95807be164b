import Testing

@testable import CrossSiteScripting

/// The tokens of a value, read for each context.
@Suite struct MarkupTokenizerTests {
  struct Row: CustomTestStringConvertible {
    var context: MarkupContext
    var value: String
    /// As ``text(of:in:)`` writes them.
    var tokens: [String]
    var testDescription: String { "\(context) \(value.debugDescription)" }

    init(_ context: MarkupContext, _ value: String, _ tokens: String...) {
      self.context = context
      self.value = value
      self.tokens = tokens
    }
  }

  static let tags = [
    Row(.text, "a < b > c <> </> <3 <"),
    Row(.text, "<b>x</b>", "<|b"),
    Row(.text, "<b/><i\n>", "<|b", "<|i"),
    Row(.text, "</b ></i/x>", "</|b", "</|i"),
    Row(.text, "<b", "<|b"),
    Row(.text, "<<b>", "<|b"),
    Row(.text, "<a.b-c:d'e\">", "<|a.b-c:d'e\""),
    Row(.text, "<\0b\0>", "<|\0b\0"),
  ]

  static let attributes = [
    Row(.text, "<b a=1 c='2' d=\"3\" e=`4`>f=5", "<|b", "a=1", "c=2", "d=3", "e=4"),
    Row(.text, "<b a = 1\nc\t=\r'2'd=3>", "<|b", "a=1", "c=2", "d=3"),
    Row(.text, "<b a c=1 d/e=2/f g=h/>", "<|b", "c=1", "e=2/f", "g=h/"),
    Row(.text, "<b a=>c", "<|b", "a="),
    Row(.text, "<b a", "<|b"),
    Row(.text, "<b a=", "<|b"),
    Row(.text, "<b a=  ", "<|b"),
    Row(.text, "<b a='x>y", "<|b", "a=x>y"),
    Row(.text, "<b =a=1>", "<|b", "=a=1"),
    Row(.text, "<b \"c\"=1 <d=2>", "<|b", "\"c\"=1", "<d=2"),
    Row(.text, "<b a\0=\0\u{31}\0c=2>", "<|b", "a=1", "c=2"),
    Row(.text, "<b a=x'y c=\"z'w\">", "<|b", "a=x'y", "c=z'w"),
  ]

  static let declarations = [
    Row(.text, "<!-- a -->b<!--c", "<!--|# a ", "<!--|#c"),
    Row(.text, "<!-->-->", "<!--|#>"),
    Row(.text, "<!--a-!>b-->", "<!--|#a"),
    Row(.text, "<!--a-\0->b", "<!--|#a"),
    Row(.text, "<!--a--\0>b", "<!--|#a--\0>b"),
    Row(.text, "<!a>b", "<!|#a"),
    Row(.text, "<?a>b", "<?|#a"),
    Row(.text, "<?a", "<?|#a"),
    Row(.text, "<%a>b%%>c", "<%|#a>b%"),
    Row(.text, "<%a%", "<%|#a%"),
    Row(.text, "</ a>b", "</|# a"),
    Row(.text, "</\0a>b", "</|#\0a"),
    Row(.text, "<![CDATA[<b>]]<b>]]><i>", "<|i"),
    Row(.text, "<![CDATA[<b>"),
    Row(.text, "<![cdata[<b>", "<!|#[cdata[<b"),
    Row(.text, "<!DocType a><b>", "<!|!DocType", "<|b"),
    Row(.text, "<!doctype a", "<!|!doctype"),
  ]

  static let contexts = [
    Row(.unquotedValue, "a=1 b=2><c", "a=1", "b=2", "<|c"),
    Row(.unquotedValue, "a\"b c=1", "c=1"),
    Row(.singleQuotedValue, "a=1 b=2"),
    Row(.singleQuotedValue, "a=1'b=2'><c>", "b=2'", "<|c"),
    Row(.singleQuotedValue, "a=1' b='2'><c>", "b=2", "<|c"),
    Row(.doubleQuotedValue, "a='1\" b='\"'>", "b=\""),
    Row(.backQuotedValue, "a=\"1` b=2", "b=2"),
  ]

  @Test(arguments: tags + attributes + declarations + contexts)
  func reads(row: Row) {
    #expect(Self.tokens(of: Array(row.value.utf8), row.context) == row.tokens)
  }

  /// Tags as `opening|name`, comments as `opening|#content`, document types as `opening|!keyword`,
  /// attributes as `name=value`.
  static func tokens(of value: [UInt8], _ context: MarkupContext) -> [String] {
    var tokenizer = MarkupTokenizer(value.span, startingIn: context)
    func text(_ range: Range<Int>) -> String { String(decoding: value[range], as: UTF8.self) }
    var texts: [String] = []
    while tokenizer.position < value.count {
      let before = tokenizer.position
      let token = tokenizer.step()
      #expect(tokenizer.position > before || token != nil, "no step at \(before)")
      switch token {
      case .tag(let opening, let name): texts.append(text(opening) + "|" + text(name))
      case .attribute(let name, let value): texts.append(text(name) + "=" + text(value))
      case .doctype(let opening, let word): texts.append(text(opening) + "|!" + text(word))
      case .comment(let opening, let content): texts.append(text(opening) + "|#" + text(content))
      case nil: break
      }
    }
    return texts
  }
}
