package import DocumentTree

/// Too many requests that have something in common arrived lately.
public struct RateBasedStatement: Hashable, Sendable {
  /// The number of requests that may arrive in the window, from 10 to 2,000,000,000.
  public var limit: Int
  /// The window in seconds: 60, 120, 300 or 600; absent means 300.
  public var evaluationWindowSec: Int?
  /// What requests that are counted together have in common.
  public var aggregateKeyType: RateBasedStatementAggregateKeyType
  /// What requests must look like to be counted and limited.
  public var scopeDownStatement: Statement?
  /// The header that has the address, where the key is a forwarded one.
  public var forwardedIPConfig: ForwardedIPConfig?
  /// What requests have in common under
  /// ``RateBasedStatementAggregateKeyType/customKeys``, 1 to 5 of them.
  public var customKeys: [RateBasedStatementCustomKey]
  /// The lists that the document spells out empty, so that writing gives them back.
  package var emptyMembers: Set<String> = []

  /// Creates a statement.
  public init(
    limit: Int, evaluationWindowSec: Int? = nil,
    aggregateKeyType: RateBasedStatementAggregateKeyType,
    scopeDownStatement: Statement? = nil, forwardedIPConfig: ForwardedIPConfig? = nil,
    customKeys: [RateBasedStatementCustomKey] = []
  ) {
    self.limit = limit
    self.evaluationWindowSec = evaluationWindowSec
    self.aggregateKeyType = aggregateKeyType
    self.scopeDownStatement = scopeDownStatement
    self.forwardedIPConfig = forwardedIPConfig
    self.customKeys = customKeys
  }
}

extension RateBasedStatement: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let limit = object.required("Limit", as: LenientInt.self)
    let window = object.optional("EvaluationWindowSec", as: LenientInt.self)
    let type = object.required(
      "AggregateKeyType", as: RateBasedStatementAggregateKeyType.self)
    let scopeDown = object.optional("ScopeDownStatement", as: Statement.self)
    let forwarded = object.optional("ForwardedIPConfig", as: ForwardedIPConfig.self)
    let keys = object.list("CustomKeys", of: RateBasedStatementCustomKey.self)
    object.finish(mistaken: ["IPSetForwardedIPConfig": "ForwardedIPConfig"])
    guard !object.isBroken, let limit, let type else { return nil }
    self.init(
      limit: limit.value, evaluationWindowSec: window?.value, aggregateKeyType: type,
      scopeDownStatement: scopeDown, forwardedIPConfig: forwarded, customKeys: keys)
    emptyMembers = object.spelledOutEmpty("CustomKeys")
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Limit", limit)
    members.add("EvaluationWindowSec", evaluationWindowSec)
    members.add("AggregateKeyType", aggregateKeyType)
    members.add("ScopeDownStatement", scopeDownStatement)
    members.add("ForwardedIPConfig", forwardedIPConfig)
    members.add("CustomKeys", customKeys, emptyIf: emptyMembers)
    return members.node
  }
}
