package import Diagnostics
package import ManagedRules
package import WAFModel
package import WAFProgram

/// Lowers a web ACL, with everything that it refers to, into a program.
///
/// It collects everything it finds wrong; a program comes out in any case, in which what could not
/// be resolved is unknown. Whether errors stop the job is for the caller to say.
package struct Compiler {
  let bundle: DocumentBundle
  let catalogue: RulesetCatalogue
  let options: CompilerOptions
  var builder = ProgramBuilder()
  var diagnostics: [Diagnostic] = []

  package init(
    bundle: DocumentBundle, catalogue: RulesetCatalogue,
    options: CompilerOptions = CompilerOptions()
  ) {
    self.bundle = bundle
    self.catalogue = catalogue
    self.options = options
  }

  /// The program of `webACL`, and what was found on the way.
  package static func compile(
    _ webACL: Located<WebACL>, bundle: DocumentBundle, catalogue: RulesetCatalogue,
    options: CompilerOptions = CompilerOptions()
  ) -> (program: Program, diagnostics: [Diagnostic]) {
    var compiler = Compiler(bundle: bundle, catalogue: catalogue, options: options)
    return compiler.lower(webACL)
  }

  private mutating func lower(
    _ located: Located<WebACL>
  ) -> (program: Program, diagnostics: [Diagnostic]) {
    let webACL = located.value
    let scope = RuleScope(
      context: LabelContext(webACL), file: located.file,
      rules: located.pointer.appending("Rules"))
    let indexes = located.documentIndexes(count: webACL.rules.count)
    for (index, rule) in Self.inEvaluationOrder(webACL.rules, at: indexes) {
      lowerTopRule(rule, scope, pointer: scope.rules.appending(index))
    }
    let limits = bodyLimits(located)
    let arn = webACL.arn.flatMap { ARN($0) }
    let program = builder.finish { program in
      program.bodyLimits = limits
      program.webACLARN = webACL.arn ?? ""
      program.webACLName = webACL.name ?? arn?.name ?? ""
      program.isCloudFrontScope = (webACL.scope ?? arn?.scope) == .cloudfront
      switch webACL.defaultAction {
      case .allow: program.defaultAction = .allow
      case .block(let body):
        program.defaultAction = .block
        program.defaultResponseCode = Self.responseCode(body)
      }
    }
    return (program, diagnostics)
  }

  /// Rules by ascending priority, each with its place in the document.
  ///
  /// Equal priorities, which the service refuses, keep the order of the document.
  static func inEvaluationOrder(
    _ rules: [Rule], at indexes: [Int]
  ) -> [(index: Int, rule: Rule)] {
    zip(indexes, rules).sorted { ($0.1.priority, $0.0) < ($1.1.priority, $1.0) }
      .map { (index: $0.0, rule: $0.1) }
  }

  static func responseCode(_ block: BlockAction) -> UInt16 {
    block.customResponse.flatMap { UInt16(exactly: $0.responseCode) } ?? 0
  }

  private func bodyLimits(_ located: Located<WebACL>) -> BodyLimits {
    let webACL = located.value
    let scope = webACL.scope ?? webACL.arn.flatMap { ARN($0) }?.scope
    var configured: [ResourceType: Int] = [:]
    for (name, config) in webACL.associationConfig?.requestBody ?? [:] {
      guard let type = ResourceType(rawValue: name) else { continue }
      configured[type] = config.defaultSizeInspectionLimit.bytes
    }
    // A web ACL of CloudFront scope protects CloudFront alone; a regional one any regional resource.
    return BodyLimits(
      stated: options.resourceType ?? (scope == .cloudfront ? .cloudFront : nil),
      assumed: .applicationLoadBalancer, configured: configured)
  }
}

/// Where rules are being lowered: the web ACL, or a rule group within it.
struct RuleScope {
  var context: LabelContext
  var file: String
  /// The pointer of the `Rules` array.
  var rules: JSONPointer

  func place(_ pointer: JSONPointer, focus: Place.Focus = .value) -> Place {
    Place(file: file, pointer: pointer, focus: focus)
  }
}
