package import DocumentTree

/// How tokens are taken for the action Captcha.
///
/// A rule's own setting goes before that of its web ACL. Source: Setting timestamp expiration and
/// token immunity times in AWS WAF (documented).
public struct CaptchaConfig: Hashable, Sendable {
  /// How long a solved puzzle is good for; 300 seconds where it is absent.
  public var immunityTimeProperty: ImmunityTimeProperty?

  /// Creates the configuration.
  public init(immunityTimeProperty: ImmunityTimeProperty? = nil) {
    self.immunityTimeProperty = immunityTimeProperty
  }
}

extension CaptchaConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let immunityTimeProperty = object.optional(
      "ImmunityTimeProperty", as: ImmunityTimeProperty.self)
    object.finish()
    guard !object.isBroken else { return nil }
    self.init(immunityTimeProperty: immunityTimeProperty)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("ImmunityTimeProperty", immunityTimeProperty)
    return members.node
  }
}
