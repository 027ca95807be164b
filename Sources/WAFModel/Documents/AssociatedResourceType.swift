/// A type of protected resource whose settings a web ACL can change.
public enum AssociatedResourceType: String, Hashable, Sendable, CaseIterable {
  /// Distributions of CloudFront.
  case cloudfront = "CLOUDFRONT"
  /// REST APIs of API Gateway.
  case apiGateway = "API_GATEWAY"
  /// User pools of Cognito.
  case cognitoUserPool = "COGNITO_USER_POOL"
  /// Services of App Runner.
  case appRunnerService = "APP_RUNNER_SERVICE"
  /// Instances of Verified Access.
  case verifiedAccessInstance = "VERIFIED_ACCESS_INSTANCE"
  /// Gateways of Bedrock AgentCore.
  case agentCoreGateway = "AGENTCORE_GATEWAY"
  /// Application load balancers.
  case applicationLoadBalancer = "APPLICATION_LOAD_BALANCER"
}
