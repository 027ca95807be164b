package import WAFEngine
package import WAFProgram

/// What `explain` reports: a verdict and the way to it.
package struct Explanation: Sendable {
  package var webACLName: String
  /// The rules of the web ACL, in evaluation order.
  package var outline: [OutlineRule]
  package var defaultAction: Action
  package var request: ExplainedRequest

  package var action: Action
  package var certainty: Certainty
  package var possible: [Action]
  /// The rule that ends the evaluation: its name in the web ACL, then `/` and its name in the group.
  package var rule: String
  /// The status that the client gets; nil where the request goes on to the resource.
  package var responseCode: Int?
  package var fidelity: String?
  package var labels: [String]
  package var needs: [Need]
  /// The fields of the predicted record that differ in some world.
  package var open: [String]
  package var assumptions: [String]
  package var trace: Trace
  /// What made the explanation, in a line.
  package var stamp = ""

  package init(
    webACLName: String, outline: [OutlineRule], defaultAction: Action, request: ExplainedRequest,
    action: Action, certainty: Certainty, possible: [Action], rule: String, responseCode: Int?,
    fidelity: String?, labels: [String], needs: [Need], open: [String], assumptions: [String],
    trace: Trace
  ) {
    self.webACLName = webACLName
    self.outline = outline
    self.defaultAction = defaultAction
    self.request = request
    self.action = action
    self.certainty = certainty
    self.possible = possible
    self.rule = rule
    self.responseCode = responseCode
    self.fidelity = fidelity
    self.labels = labels
    self.needs = needs
    self.open = open
    self.assumptions = assumptions
    self.trace = trace
  }

  /// The rule that ends the evaluation, in words.
  var ruleTitle: RuleTitle { RuleTitle(rule, outline) }

  /// The step that ends the evaluation; nil for the default action and for a group not at hand.
  var finalStep: TraceStep? {
    trace.steps.first { $0.rule == rule && $0.subject != .scopeDown }
  }

  /// The custom response of a block; nil for a plain one, and where the action is not settled.
  var response: TraceResponse? {
    guard certainty != .indeterminate, action == .block else { return nil }
    return finalHandling.response
  }

  /// The headers that rules insert into a request that goes on to the resource: of two with the
  /// same name the later one.
  var insertedHeaders: [TraceHeader] {
    guard certainty != .indeterminate, action == .allow else { return [] }
    var headers: [TraceHeader] = []
    let counting = trace.steps.filter { step in
      step.outcome == .match && (step.action == .count || step.gate?.outcome == .passes)
    }
    for header in counting.flatMap(\.handling.insertedHeaders) + finalHandling.insertedHeaders {
      let name = header.name.lowercased()
      headers.removeAll { $0.name.lowercased() == name }
      headers.append(header)
    }
    return headers
  }

  private var finalHandling: TraceHandling {
    ruleTitle.isDefaultAction ? trace.defaultHandling : finalStep?.handling ?? .none
  }
}

/// A rule of the web ACL, as reports name it.
package struct OutlineRule: Hashable, Sendable {
  package var name: String
  /// `AWSManagedRulesCommonRuleSet`, or the ARN of a rule group; nil for a plain rule.
  package var group: String?
  /// Whether the group's override action is Count.
  package var isOverriddenToCount: Bool
  /// Whether Firewall Manager put it there, so that it is not the web ACL's owner's to change.
  package var isFirewallManagers = false

  package init(name: String, group: String? = nil, isOverriddenToCount: Bool = false) {
    self.name = name
    self.group = group
    self.isOverriddenToCount = isOverriddenToCount
  }

  /// The rules of a program.
  package static func all(of program: Program) -> [OutlineRule] {
    program.topRules.map { top in
      OutlineRule(
        name: top.name, group: top.kind.isGroup ? groupName(top.groupID) : nil,
        isOverriddenToCount: top.isOverriddenToCount)
    }
  }

  /// The same, given how many of the first and of the last rules are Firewall Manager's.
  package static func all(
    of program: Program, firewallManagersFirst first: Int, last: Int
  ) -> [OutlineRule] {
    var rules = all(of: program)
    for index in rules.indices {
      rules[index].isFirewallManagers = index < first || index >= rules.count - last
    }
    return rules
  }

  /// Logs write a managed group as `VENDOR#NAME` or `VENDOR#NAME#VERSION`; a group of one's own is
  /// known by the last part but one of its ARN.
  static func groupName(_ id: String) -> String {
    if id.hasPrefix("arn:") {
      let parts = id.split(separator: "/")
      return parts.count >= 2 ? String(parts[parts.count - 2]) : id
    }
    let parts = id.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count >= 2 else { return id }
    return parts[0] == "AWS" ? String(parts[1]) : "\(parts[1]) (\(parts[0]))"
  }
}

/// The names of a rule apart: `admin-protection/AdminProtection_URIPATH`.
struct RuleTitle: Hashable {
  /// The rule's name in the web ACL.
  var top: String
  /// The rule's name inside the group.
  var inner: String?
  var group: String?

  init(_ path: String, _ outline: [OutlineRule]) {
    // A name may hold a `/` itself only where a document is not valid; the longest known name wins.
    let known = outline.filter { path == $0.name || path.hasPrefix($0.name + "/") }
      .max { $0.name.utf8.count < $1.name.utf8.count }
    if let known, path != known.name {
      top = known.name
      inner = String(path.dropFirst(known.name.count + 1))
      group = known.group
    } else if let known {
      top = known.name
      group = known.group
    } else if let slash = path.firstIndex(of: "/") {
      top = String(path[..<slash])
      inner = String(path[path.index(after: slash)...])
    } else {
      top = path
    }
  }

  var isDefaultAction: Bool { top == Program.defaultActionName && inner == nil }

  /// `AdminProtection_URIPATH of AWSManagedRulesAdminProtectionRuleSet`.
  var text: String {
    if isDefaultAction { return "the default action" }
    guard let inner else { return top }
    return "\(inner) of \(group ?? top)"
  }
}
