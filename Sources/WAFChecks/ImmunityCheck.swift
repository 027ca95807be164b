import Diagnostics
import WAFModel

/// How long tokens are good for.
///
/// Source: `ImmunityTimeProperty` of the API reference (documented).
enum ImmunityCheck {
  private static let longest = 259_200

  /// - Parameter owner: the pointer of the rule or web ACL that has the configurations.
  static func check(
    _ captcha: CaptchaConfig?, _ challenge: ChallengeConfig?, at owner: JSONPointer,
    in findings: Findings
  ) {
    check(
      captcha?.immunityTimeProperty, shortest: 60, "CAPTCHA",
      at: owner.appending("CaptchaConfig"), in: findings)
    check(
      challenge?.immunityTimeProperty, shortest: 300, "challenge",
      at: owner.appending("ChallengeConfig"), in: findings)
  }

  private static func check(
    _ property: ImmunityTimeProperty?, shortest: Int, _ what: String, at pointer: JSONPointer,
    in findings: Findings
  ) {
    guard let seconds = property?.immunityTime, !(shortest...longest).contains(seconds) else {
      return
    }
    findings.refuse(
      .invalidImmunityTime,
      "the immunity time of a \(what) is from \(shortest) to \(longest) seconds, not \(seconds)",
      at: pointer.appending("ImmunityTimeProperty").appending("ImmunityTime"), from: .api)
  }
}
