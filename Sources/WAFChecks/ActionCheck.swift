import Diagnostics
import WAFModel

/// An action of a rule or of an override, and what it carries.
struct ActionCheck {
  let container: RuleContainer

  /// Checks an action.
  ///
  /// - Parameter pointer: of the object that has the action as its one member.
  func check(_ action: RuleAction, at pointer: JSONPointer, in findings: Findings) {
    let body = pointer.appending(action.kind.rawValue)
    switch action {
    case .allow(let action): requestHandling(action.customRequestHandling, at: body, in: findings)
    case .count(let action): requestHandling(action.customRequestHandling, at: body, in: findings)
    case .captcha(let action): requestHandling(action.customRequestHandling, at: body, in: findings)
    case .challenge(let action):
      requestHandling(action.customRequestHandling, at: body, in: findings)
    case .block(let action):
      CustomResponseCheck(bodies: container.bodies).check(action, at: body, in: findings)
    case .monetize(let action): monetize(action, at: body, in: findings)
    }
  }

  /// The action of a web ACL for requests that no rule took.
  func check(_ action: DefaultAction, at pointer: JSONPointer, in findings: Findings) {
    switch action {
    case .allow(let body): check(RuleAction.allow(body), at: pointer, in: findings)
    case .block(let body): check(RuleAction.block(body), at: pointer, in: findings)
    }
  }

  func requestHandling(
    _ handling: CustomRequestHandling?, at body: JSONPointer, in findings: Findings
  ) {
    guard let handling else { return }
    let list = body.appending("CustomRequestHandling").appending("InsertHeaders")
    if handling.insertHeaders.isEmpty {
      findings.refuse(
        .missingHeaders, "a CustomRequestHandling needs a header", at: list, from: .api)
    }
    CustomHeaderCheck.check(
      handling.insertHeaders, of: "a custom request handling", at: list, in: findings)
  }

  /// Source: `MonetizeAction` of the API reference (documented).
  private func monetize(
    _ action: MonetizeAction, at body: JSONPointer, in findings: Findings
  ) {
    if container.scope == .regional {
      findings.refuse(
        .misplacedMonetize,
        "Monetize is for CloudFront distributions, and this \(container.inWords) is regional",
        at: body, focus: .key, from: .api)
    }
    if !container.hasMonetizationConfig {
      findings.refuse(
        .missingMonetizationConfig,
        "Monetize needs a 'MonetizationConfig' in the \(container.inWords)", at: body,
        focus: .key, from: .api)
    }
    if let text = action.priceMultiplier, !Self.isMultiplier(text) {
      findings.refuse(
        .invalidPriceMultiplier,
        "the price multiplier '\(text.prefix(20))' is no whole number from 1 to 100",
        at: body.appending("PriceMultiplier"), from: .api)
    }
  }

  private static func isMultiplier(_ text: String) -> Bool {
    guard text.first != "0", text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(text)
    else { return false }
    return (1...100).contains(number)
  }
}
