public import DocumentTree

/// A set of regular expressions that rules refer to.
public struct RegexPatternSet: Hashable, Sendable {
  /// The name.
  public var name: String?
  /// The id that the service gave it.
  public var id: String?
  /// The ARN by which rules refer to it.
  public var arn: String?
  /// What it is used for; only in the input of `create-regex-pattern-set`.
  public var scope: Scope?
  /// A description.
  public var description: String?
  /// The expressions; a quota of 10 applies.
  public var regularExpressionList: [String]
  /// All other members, kept so that writing gives them back.
  public var otherMembers: [Node.Member]
  /// Which expressions are written as plain strings, as CloudFormation has them.
  package var plainExpressions: Set<Int> = []

  /// Creates a set.
  public init(
    name: String? = nil, id: String? = nil, arn: String? = nil, scope: Scope? = nil,
    description: String? = nil, regularExpressionList: [String],
    otherMembers: [Node.Member] = []
  ) {
    self.name = name
    self.id = id
    self.arn = arn
    self.scope = scope
    self.description = description
    self.regularExpressionList = regularExpressionList
    self.otherMembers = otherMembers
  }
}

extension RegexPatternSet: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let name = object.optional("Name", as: String.self)
    let id = object.optional("Id", as: String.self)
    let arn = object.optional("ARN", as: String.self)
    let scope = object.optional("Scope", as: Scope.self)
    let description = object.optional("Description", as: String.self)
    let expressions = object.requiredList(
      "RegularExpressionList", of: RegularExpression.self)
    let others = object.bookkeeping() + object.finish()
    guard !object.isBroken else { return nil }
    self.init(
      name: name, id: id, arn: arn, scope: scope, description: description,
      regularExpressionList: expressions.map(\.regexString), otherMembers: others)
    plainExpressions = Set(expressions.indices.filter { expressions[$0].isPlain })
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("Name", name)
    members.add("Id", id)
    members.add("ARN", arn)
    members.add("Scope", scope)
    members.add("Description", description)
    let expressions = regularExpressionList.enumerated().map { index, text in
      plainExpressions.contains(index) ? text.node() : Node("RegexString", text)
    }
    members.add("RegularExpressionList", expressions)
    members.add(contentsOf: otherMembers)
    return members.node
  }
}
