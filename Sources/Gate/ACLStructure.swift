import ACLDifferences
package import Findings
package import Wafcast

/// How two web ACLs differ as documents.
package enum ACLStructure {
  package static func changes(
    old: CompiledWebACL, new: CompiledWebACL
  ) -> [StructuralChange] {
    ACLComparison(old: documents(old), new: documents(new)).changes
  }

  private static func documents(_ webACL: CompiledWebACL) -> ACLDocuments {
    ACLDocuments(webACL.webACL, bundle: webACL.bundle, sources: webACL.sources)
  }
}
