/// The ARN of a wafv2 resource.
///
/// `arn:<partition>:wafv2:<region>:<account>:regional|global/<kind>/<name>/<id>`
public struct ARN: Hashable, Sendable {
  /// The partition, such as `aws`.
  public var partition: String
  /// The Region; `us-east-1` for CloudFront.
  public var region: String
  /// The account's id.
  public var account: String
  /// Whether the resource is for CloudFront.
  public var scope: Scope
  /// What it is: `webacl`, `rulegroup`, `ipset`, `regexpatternset` or `managedruleset`.
  public var kind: String
  /// The resource's name.
  public var name: String
  /// The resource's id.
  public var id: String

  /// Creates an ARN.
  public init(
    partition: String, region: String, account: String, scope: Scope, kind: String,
    name: String, id: String
  ) {
    self.partition = partition
    self.region = region
    self.account = account
    self.scope = scope
    self.kind = kind
    self.name = name
    self.id = id
  }

  /// Creates an ARN from its text; `nil` for anything that is no ARN of wafv2.
  public init?(_ text: String) {
    let parts = text.split(
      separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, parts[2] == "wafv2" else {
      return nil
    }
    let path = parts[5].split(separator: "/", omittingEmptySubsequences: false)
    guard path.count == 4, !path.contains(where: \.isEmpty) else { return nil }
    switch path[0] {
    case "regional": scope = .regional
    case "global": scope = .cloudfront
    default: return nil
    }
    partition = String(parts[1])
    region = String(parts[3])
    account = String(parts[4])
    kind = String(path[1])
    name = String(path[2])
    id = String(path[3])
  }
}

extension ARN: CustomStringConvertible {
  /// The ARN's text.
  public var description: String {
    let place = scope == .regional ? "regional" : "global"
    return "arn:\(partition):wafv2:\(region):\(account):\(place)/\(kind)/\(name)/\(id)"
  }
}
