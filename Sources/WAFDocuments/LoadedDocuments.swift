package import Diagnostics
package import WAFModel

/// What came out of loading a web ACL and what it refers to.
package struct LoadedDocuments: Sendable {
  /// The web ACL; `nil` where there is none that can be used.
  package var webACL: Located<WebACL>?
  /// What the web ACL's document really is, where that is less than a web ACL.
  package var partial: PartialDocument?
  /// The rule group that the document is, if it is one.
  package var ruleGroup: Located<RuleGroup>?
  /// All documents, the web ACL among them.
  package var bundle: DocumentBundle
  /// Everything that was found, document by document.
  package var diagnostics: [Diagnostic]
  /// The documents' texts, for printing the diagnostics.
  package var sources: SourceMap

  /// Creates the outcome of a loading.
  package init(
    webACL: Located<WebACL>? = nil, bundle: DocumentBundle = DocumentBundle(),
    diagnostics: [Diagnostic] = [], sources: SourceMap = SourceMap()
  ) {
    self.webACL = webACL
    self.bundle = bundle
    self.diagnostics = diagnostics
    self.sources = sources
  }

  /// Whether something makes the documents unusable.
  package var hasErrors: Bool { diagnostics.containsError }
}
