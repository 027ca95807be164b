/// The kinds of resource that a web ACL protects; they decide how much of a body is inspected.
///
/// Spelled as the API's `ResourceType` and `AssociatedResourceType` spell them.
public enum ResourceType: String, CaseIterable, Hashable, Sendable {
  /// An Application Load Balancer: 8,192 bytes unless configured.
  case applicationLoadBalancer = "APPLICATION_LOAD_BALANCER"
  /// An AppSync GraphQL API: 8,192 bytes, fixed.
  case appSync = "APPSYNC"
  /// A CloudFront distribution: 16,384 bytes unless configured.
  case cloudFront = "CLOUDFRONT"
  /// An API Gateway REST API: 16,384 bytes unless configured.
  case apiGateway = "API_GATEWAY"
  /// A Cognito user pool: 16,384 bytes unless configured.
  case cognitoUserPool = "COGNITO_USER_POOL"
  /// An App Runner service: 16,384 bytes unless configured.
  case appRunnerService = "APP_RUNNER_SERVICE"
  /// A Verified Access instance: 16,384 bytes unless configured.
  case verifiedAccessInstance = "VERIFIED_ACCESS_INSTANCE"
  /// An Amplify application: as CloudFront.
  case amplify = "AMPLIFY"
  /// A Bedrock AgentCore gateway: 16,384 bytes unless configured.
  case agentCoreGateway = "AGENTCORE_GATEWAY"

  /// Body bytes inspected where `AssociationConfig` says nothing.
  ///
  /// Source: `RequestBodyAssociatedResourceTypeConfig` of the API reference (documented). The limit
  /// of Application Load Balancers can be set since late 2026; older texts call it fixed.
  public var defaultBodyLimitBytes: Int {
    switch self {
    case .applicationLoadBalancer, .appSync: 8192
    case .cloudFront, .apiGateway, .cognitoUserPool, .appRunnerService, .verifiedAccessInstance,
      .amplify, .agentCoreGateway:
      16384
    }
  }

  /// Whether `AssociationConfig` can raise the limit.
  public var hasConfigurableBodyLimit: Bool {
    self != .appSync
  }

  /// The type that a log's `httpSourceName` names; nil for names nobody documents.
  package init?(sourceName: String) {
    switch sourceName {
    case "ALB": self = .applicationLoadBalancer
    case "APPSYNC": self = .appSync
    case "CF": self = .cloudFront
    case "APIGW": self = .apiGateway
    case "COGNITOIDP": self = .cognitoUserPool
    case "APPRUNNER": self = .appRunnerService
    case "VERIFIED_ACCESS": self = .verifiedAccessInstance
    default: return nil
    }
  }

  /// `httpSourceName` for this type in predicted records.
  package var sourceName: String {
    switch self {
    case .applicationLoadBalancer: "ALB"
    case .appSync: "APPSYNC"
    case .cloudFront: "CF"
    case .apiGateway: "APIGW"
    case .cognitoUserPool: "COGNITOIDP"
    case .appRunnerService: "APPRUNNER"
    case .verifiedAccessInstance: "VERIFIED_ACCESS"
    case .amplify: "CF"
    case .agentCoreGateway: "-"
    }
  }
}

/// How many body bytes are inspected, by what takes the request.
package struct BodyLimits: Hashable, Sendable {
  /// The resource type that the user or the documents name.
  package var stated: ResourceType?
  /// What the scope implies where neither they nor the record name one: a named assumption.
  package var assumed: ResourceType
  /// Limits set by `AssociationConfig`.
  package var configured: [ResourceType: Int]

  package init(stated: ResourceType?, assumed: ResourceType, configured: [ResourceType: Int]) {
    self.stated = stated
    self.assumed = assumed
    self.configured = configured
  }

  package func limit(of type: ResourceType) -> Int {
    // Amplify serves through CloudFront and has its setting.
    configured[type == .amplify ? .cloudFront : type] ?? type.defaultBodyLimitBytes
  }
}
