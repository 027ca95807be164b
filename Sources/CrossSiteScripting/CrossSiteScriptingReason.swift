/// Which rule of the decision a value met.
package enum CrossSiteScriptingReason: UInt8, Hashable, Sendable, CaseIterable {
  case activeTag
  case foreignTag
  case eventHandler
  case namespace
  case dataBinding
  case style
  case scriptURL
  case indirectAttribute
  case doctype
  case backQuoteInComment
  case conditionalComment
  case xmlDeclaration
  case importDeclaration
  case entityDeclaration

  /// One sentence on what was found.
  package var explanation: String {
    switch self {
    case .activeTag:
      "A tag opens whose element runs script, loads a document or changes how the page is read."
    case .foreignTag:
      "A tag opens whose name begins with svg or xsl: script runs in these by their own rules."
    case .eventHandler: "An attribute is an event handler and has a value."
    case .namespace: "An attribute declares or uses a namespace (xmlns, xlink)."
    case .dataBinding: "An attribute binds the element to a data source."
    case .style: "An attribute sets a style or a filter, which could run script."
    case .scriptURL: "An attribute's URL has a scheme that runs script or holds a page."
    case .indirectAttribute: "An attribute names another one, which is itself dangerous."
    case .doctype: "A document type declaration opens: no fragment of a page has one."
    case .backQuoteInComment: "A comment holds a back quote, which ended it in some browsers."
    case .conditionalComment: "A conditional comment opens: its content is markup to some browsers."
    case .xmlDeclaration: "An XML declaration or processing instruction opens."
    case .importDeclaration: "An import instruction opens."
    case .entityDeclaration: "An XML entity is declared."
    }
  }
}
