package import DocumentTree

/// The settings of the protection against floods.
public struct AWSManagedRulesAntiDDoSRuleSet: Hashable, Sendable {
  /// What the rules that challenge do.
  public var clientSideActionConfig: ClientSideActionConfig
  /// How suspicious a request is that the rule DDoSRequests takes; `LOW` where it is absent.
  public var sensitivityToBlock: SensitivityToAct?

  /// Creates settings.
  public init(
    clientSideActionConfig: ClientSideActionConfig, sensitivityToBlock: SensitivityToAct? = nil
  ) {
    self.clientSideActionConfig = clientSideActionConfig
    self.sensitivityToBlock = sensitivityToBlock
  }
}

/// How suspicious a request is that a rule takes.
public enum SensitivityToAct: String, Hashable, Sendable, CaseIterable {
  /// Of high suspicion.
  case low = "LOW"
  /// Of medium or high suspicion.
  case medium = "MEDIUM"
  /// Of any suspicion.
  case high = "HIGH"
}

extension AWSManagedRulesAntiDDoSRuleSet: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let clientSideActionConfig = object.required(
      "ClientSideActionConfig", as: ClientSideActionConfig.self)
    let sensitivityToBlock = object.optional("SensitivityToBlock", as: SensitivityToAct.self)
    object.finish()
    guard !object.isBroken, let clientSideActionConfig else { return nil }
    self.init(
      clientSideActionConfig: clientSideActionConfig, sensitivityToBlock: sensitivityToBlock)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("ClientSideActionConfig", clientSideActionConfig)
    members.add("SensitivityToBlock", sensitivityToBlock)
    return members.node
  }
}

extension SensitivityToAct: WireWord, TreeWritable {}
