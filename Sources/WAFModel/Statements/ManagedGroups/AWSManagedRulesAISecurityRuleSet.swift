package import DocumentTree

/// The settings of AI security.
public struct AWSManagedRulesAISecurityRuleSet: Hashable, Sendable {
  /// Whether guardrails of Bedrock look on.
  public var bedrockGuardrails: BedrockGuardrails

  /// Creates settings.
  public init(bedrockGuardrails: BedrockGuardrails) {
    self.bedrockGuardrails = bedrockGuardrails
  }
}

extension AWSManagedRulesAISecurityRuleSet: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let bedrockGuardrails = object.required("BedrockGuardrails", as: BedrockGuardrails.self)
    object.finish()
    guard !object.isBroken, let bedrockGuardrails else { return nil }
    self.init(bedrockGuardrails: bedrockGuardrails)
  }

  package func node() -> Node { Node("BedrockGuardrails", bedrockGuardrails) }
}
