package import Diagnostics
import Findings
package import WAFModel

/// One side of a comparison: a web ACL, the documents that it refers to, and their texts.
package struct ACLDocuments: Sendable {
  let webACL: Located<WebACL>
  let bundle: DocumentBundle
  private let sources: SourceMap

  package init(_ webACL: Located<WebACL>, bundle: DocumentBundle, sources: SourceMap) {
    self.webACL = webACL
    self.bundle = bundle
    self.sources = sources
  }

  func location(_ place: Place) -> Finding.Location {
    let found = sources.location(of: place)
    return Finding.Location(file: place.file, line: found?.line, column: found?.column)
  }

  /// The rules in evaluation order.
  var rules: [RankedRule] {
    let rules = webACL.value.rules
    return RankedRule.ranked(rules, at: webACL.documentIndexes(count: rules.count))
  }
}
