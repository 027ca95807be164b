package import Diagnostics
package import ManagedRules
import Matching
package import WAFModel
package import WAFProgram

/// Lowers a web ACL, with everything that it refers to, into a program.
///
/// It collects everything it finds wrong; a program comes out in any case, in which what could not
/// be resolved is unknown. Whether errors stop the job is for the caller to say.
package struct Compiler {
  /// The documents of the web ACL that is being lowered.
  var bundle: DocumentBundle
  let catalogue: RulesetCatalogue
  let options: CompilerOptions
  var builder = ProgramBuilder()
  var diagnostics: [Diagnostic] = []
  /// The patterns compiled so far, by their text.
  var patterns: [String: CompiledPattern] = [:]
  /// The user's patterns that were looked at for a literal.
  var judgedPatterns: Set<String> = []

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

  /// Two web ACLs over one set of leaves, and what was found of each.
  package static func compile(
    old: Located<WebACL>, _ oldBundle: DocumentBundle, new: Located<WebACL>,
    _ newBundle: DocumentBundle, catalogue: RulesetCatalogue,
    options: CompilerOptions = CompilerOptions()
  ) -> CompiledPair {
    var compiler = Compiler(bundle: oldBundle, catalogue: catalogue, options: options)
    compiler.lowerRules(old)
    let oldSide = compiler.builder.endSide(compiler.configuration(of: old))
    let oldDiagnostics = compiler.diagnostics
    compiler.diagnostics = []
    compiler.bundle = newBundle
    compiler.lowerRules(new)
    let newSide = compiler.builder.endSide(compiler.configuration(of: new))
    return CompiledPair(
      programs: compiler.builder.finish(oldSide, newSide), oldDiagnostics: oldDiagnostics,
      newDiagnostics: compiler.diagnostics)
  }

  private mutating func lower(
    _ located: Located<WebACL>
  ) -> (program: Program, diagnostics: [Diagnostic]) {
    lowerRules(located)
    return (builder.finish(configuration(of: located)), diagnostics)
  }

  private mutating func lowerRules(_ located: Located<WebACL>) {
    let webACL = located.value
    let scope = RuleScope(
      context: LabelContext(webACL), file: located.file,
      rules: located.pointer.appending("Rules"), bodies: webACL.customResponseBodies,
      immunity: Immunity(captcha: webACL.captchaConfig, challenge: webACL.challengeConfig))
    builder.takesTokensOfOtherDomains = !(webACL.tokenDomains ?? []).isEmpty
    // Firewall Manager's groups stand around the web ACL's own rules, whatever their numbers.
    lowerFirewallManagerGroups(
      webACL.preProcessFirewallManagerRuleGroups, scope,
      pointer: located.pointer.appending("PreProcessFirewallManagerRuleGroups"))
    let indexes = located.documentIndexes(count: webACL.rules.count)
    for (index, rule) in Self.inEvaluationOrder(webACL.rules, at: indexes) {
      lowerTopRule(rule, scope, pointer: scope.rules.appending(index))
    }
    lowerFirewallManagerGroups(
      webACL.postProcessFirewallManagerRuleGroups, scope,
      pointer: located.pointer.appending("PostProcessFirewallManagerRuleGroups"))
  }

  /// What a program has of the web ACL itself.
  private func configuration(of located: Located<WebACL>) -> (inout Program) -> Void {
    let webACL = located.value
    let limits = bodyLimits(located)
    let defaultAction = self.defaultAction(webACL)
    let detectors = detectorAssumptions
    let arn = webACL.arn.flatMap { ARN($0) }
    return { program in
      program.bodyLimits = limits
      program.webACLARN = webACL.arn ?? ""
      program.webACLName = webACL.name ?? arn?.name ?? ""
      program.isCloudFrontScope = (webACL.scope ?? arn?.scope) == .cloudfront
      program.defaultAction = defaultAction.action
      program.defaultHandling = defaultAction.handling
      program.defaultResponseCode = defaultAction.handling.answer?.code ?? 0
      program.detectorAssumptions = detectors
    }
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

  private func defaultAction(_ webACL: WebACL) -> (action: Action, handling: CustomHandling) {
    switch webACL.defaultAction {
    case .allow(let body): (.allow, inserting(body.customRequestHandling))
    case .block(let body): (.block, answering(body, bodies: webACL.customResponseBodies))
    }
  }

  /// The answers that `--assume detector/NAME=…` gives.
  private var detectorAssumptions: [Detector: ManagedCondition.Assumption] {
    var answers: [Detector: ManagedCondition.Assumption] = [:]
    for detector in Detector.allCases {
      answers[detector] = assumedAnswer(group: "detector", rule: detector.name)
    }
    return answers
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

/// Two web ACLs, compiled to be compared.
package struct CompiledPair: Sendable {
  package var programs: ProgramPair
  package var oldDiagnostics: [Diagnostic]
  package var newDiagnostics: [Diagnostic]
}

/// Where rules are being lowered: the web ACL, or a rule group within it.
struct RuleScope {
  var context: LabelContext
  var file: String
  /// The pointer of the `Rules` array.
  var rules: JSONPointer
  /// The custom response bodies that rules here can name.
  var bodies: [String: CustomResponseBody] = [:]
  /// What tokens are good for, where a rule doesn't say.
  var immunity = Immunity()
  /// Whether the statement being lowered stands under an odd number of NOTs.
  var isNegated = false
  /// Whether the rules are those of a managed group, which nobody here can write otherwise.
  var isManaged = false

  func place(_ pointer: JSONPointer, focus: Place.Focus = .value) -> Place {
    Place(file: file, pointer: pointer, focus: focus)
  }
}

/// Immunity times in seconds, by the action that they go with.
struct Immunity {
  private var captcha = Gate.defaultImmunitySeconds
  private var challenge = Gate.defaultImmunitySeconds

  init() {}

  init(captcha: CaptchaConfig?, challenge: ChallengeConfig?) {
    self.init()
    override(captcha, challenge)
  }

  mutating func override(_ captcha: CaptchaConfig?, _ challenge: ChallengeConfig?) {
    self.captcha = captcha?.immunityTimeProperty?.immunityTime ?? self.captcha
    self.challenge = challenge?.immunityTimeProperty?.immunityTime ?? self.challenge
  }

  func seconds(_ action: Action) -> Int {
    action == .captcha ? captcha : challenge
  }
}
