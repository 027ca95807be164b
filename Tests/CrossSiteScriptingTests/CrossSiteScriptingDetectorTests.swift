import CrossSiteScripting
import Testing

@Suite struct CrossSiteScriptingDetectorTests {
  struct Row: CustomTestStringConvertible {
    var value: String
    var outcome: Outcome?
    var testDescription: String { value.debugDescription }

    init(
      _ value: String, _ context: MarkupContext, _ reason: CrossSiteScriptingReason,
      _ tokens: String...
    ) {
      self.value = value
      outcome = Outcome(context, reason, tokens)
    }

    init(harmless value: String) {
      self.value = value
    }
  }

  /// `matchedData` of AWS's own samples and of one that a third party recorded.
  ///
  /// Sources: "Log examples for web ACL traffic" of the developer guide (documented); a log record in
  /// a public repository (observed).
  static let samples = [
    Row("<frameset onload=alert(1)>", .text, .activeTag, "<", "frameset"),
    Row("<?xml version=\"1.0\"?>", .text, .xmlDeclaration, "<?", "xml"),
  ]

  /// Each rule: what just meets it, and what just does not.
  static let rules = [
    Row("<script>", .text, .activeTag, "<", "script"),
    Row("<ScRiPt", .text, .activeTag, "<", "ScRiPt"),
    Row("<scr\0ipt>", .text, .activeTag, "<", "scr\0ipt"),
    Row("</script >", .text, .activeTag, "</", "script"),
    Row("</script", .text, .activeTag, "</", "script"),
    Row(harmless: "</script>"),
    Row(harmless: "<scripts>"),
    Row(harmless: "<scrip>"),
    Row(harmless: "< script>"),
    Row(harmless: "<script-frame-set>"),

    Row("<svg>", .text, .foreignTag, "<", "svg"),
    Row("<svg:a>", .text, .foreignTag, "<", "svg:a"),
    Row("<xsl:template>", .text, .foreignTag, "<", "xsl:template"),
    Row(harmless: "<sv>"),
    Row(harmless: "<s\0vg>"),
    Row(harmless: "<asvg>"),

    Row("<a onclick=x>", .text, .eventHandler, "onclick", "x"),
    Row("<a ONCLICK=x>", .text, .eventHandler, "ONCLICK", "x"),
    Row("<a onclicks=x>", .text, .eventHandler, "onclicks", "x"),
    Row("<a ondragenter=x>", .text, .eventHandler, "ondragenter", "x"),
    Row("<a onreadystatechange=x>", .text, .eventHandler, "onreadystatechange", "x"),
    Row("<a onwheel=>", .text, .eventHandler, "onwheel"),
    Row(harmless: "<a onreadystatechang=x>"),
    Row(harmless: "<a onclic=x>"),
    Row(harmless: "<a onclick>"),
    Row(harmless: "<a onclick="),
    Row(harmless: "<a on=x>"),
    Row(harmless: "<a xonclick=x>"),
    Row(harmless: "<a onanimationend=x>"),

    Row("<a xmlns=x>", .text, .namespace, "xmlns", "x"),
    Row("<a xlink:href=x>", .text, .namespace, "xlink:href", "x"),
    Row(harmless: "<a xmln=x>"),
    Row(harmless: "<a xml:lang=en>"),

    Row("<a datasrc=x>", .text, .dataBinding, "datasrc", "x"),
    Row("<a dataformatas=html>", .text, .dataBinding, "dataformatas", "html"),
    Row(harmless: "<a datasrcs=x>"),

    Row("<a style='x:y'>", .text, .style, "style", "x:y"),
    Row("<a filter=x>", .text, .style, "filter", "x"),
    Row(harmless: "<a styles=x>"),

    Row("<a href=javascript:1>", .text, .scriptURL, "href", "javascript:1"),
    Row("<a action=\"vbscript:x\">", .text, .scriptURL, "action", "vbscript:x"),
    Row("<a src=data:,x>", .text, .scriptURL, "src", "data:,x"),
    Row("<a to=view-source:x>", .text, .scriptURL, "to", "view-source:x"),
    Row("<a href='java", .text, .scriptURL, "href", "java"),
    Row(harmless: "<a href=jav>"),
    Row(harmless: "<a href=vbscrip>"),
    Row(harmless: "<a href=view-sourc>"),
    Row(harmless: "<a href=\"/javascript:1\">"),
    Row(harmless: "<a hrefs=javascript:1>"),

    Row("<a attributename=onclick>", .text, .indirectAttribute, "attributename", "onclick"),
    Row("<a attributename='st\0yle'>", .text, .indirectAttribute, "attributename", "st\0yle"),
    Row("<a attributename=href>", .text, .indirectAttribute, "attributename", "href"),
    Row(harmless: "<a attributename=width>"),
    Row(harmless: "<a attributename='on\0click'>"),

    Row("<!DOCTYPE html>", .text, .doctype, "<!", "DOCTYPE"),
    Row(harmless: "<!doctyp>"),

    Row("<!-- ` -->", .text, .backQuoteInComment, "<!--", "`"),
    Row("</!`>", .text, .backQuoteInComment, "</", "`"),
    Row(harmless: "<!-- x --> `"),

    Row("<!--[IF IE]>", .text, .conditionalComment, "<!--", "[IF"),
    Row("<![if x>", .text, .conditionalComment, "<!", "[if"),
    Row(harmless: "<!--[if-->"),
    Row(harmless: "<!-- [if IE]-->"),

    Row("<%xml %>", .text, .xmlDeclaration, "<%", "xml"),
    Row(harmless: "<?xml"),
    Row(harmless: "<? xml ?>"),

    Row("<?import x>", .text, .importDeclaration, "<?", "import"),
    Row("<!import>", .text, .importDeclaration, "<!", "import"),
    Row(harmless: "<!impor>"),

    Row("<!ENTITY x>", .text, .entityDeclaration, "<!", "ENTITY"),
    Row(harmless: "<!entit y>"),
  ]

  /// The places in a page, each with what ends the value there and what does not.
  static let contexts = [
    Row("x onclick=1", .unquotedValue, .eventHandler, "onclick", "1"),
    Row("onclick=1", .unquotedValue, .eventHandler, "onclick", "1"),
    Row("x' onclick=1", .unquotedValue, .eventHandler, "onclick", "1"),
    Row("x'onclick=1", .singleQuotedValue, .eventHandler, "onclick", "1"),
    Row("x\"onclick=1", .doubleQuotedValue, .eventHandler, "onclick", "1"),
    Row("x`onclick=1", .backQuotedValue, .eventHandler, "onclick", "1"),
    Row("x='/onclick='1'", .singleQuotedValue, .eventHandler, "onclick", "1"),
    Row("x'/onclick='1'", .unquotedValue, .eventHandler, "onclick", "1"),
    Row("a'b\"onclick=1", .doubleQuotedValue, .eventHandler, "onclick", "1"),
    Row("'><b/style=x>", .text, .style, "style", "x"),
    Row("x\" href=\"java:1", .unquotedValue, .scriptURL, "href", "java:1"),
    Row(harmless: "x-onclick=1"),
    Row(harmless: "x-'y-\"z-`"),
  ]

  @Test(arguments: samples) func documentedSamples(row: Row) {
    #expect(Outcome(of: row.value) == row.outcome)
  }

  @Test(arguments: rules) func everyRuleOnBothSides(row: Row) {
    #expect(Outcome(of: row.value) == row.outcome)
  }

  @Test func everyRuleHasARow() {
    let met = Set(Self.rules.compactMap(\.outcome?.reason))
    #expect(met == Set(CrossSiteScriptingReason.allCases))
  }

  @Test(arguments: contexts) func everyContext(row: Row) {
    #expect(Outcome(of: row.value) == row.outcome)
  }

  @Test func everyContextHasARow() {
    let read = Set((Self.contexts + Self.rules).compactMap(\.outcome?.context))
    #expect(read == Set(MarkupContext.allCases))
  }

  @Test func namesAndSentences() {
    #expect(Set(CrossSiteScriptingReason.allCases.map(\.explanation)).count == 14)
    for reason in CrossSiteScriptingReason.allCases { #expect(reason.explanation.hasSuffix(".")) }
    #expect(Set(MarkupContext.allCases.map(\.name)).count == 5)
    #expect(Set(CrossSiteScriptingFinding.TokenKind.allCases.map(\.name)).count == 5)
  }

  @Test(arguments: ["", "x", "plain prose, nothing else", "<", "=", "<!", "</", "<!-", "&#", "a="])
  func littleBytes(value: String) {
    #expect(Outcome(of: value) == nil)
  }
}
