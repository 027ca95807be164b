package import DocumentTree

/// The protection of load balancers against floods of requests.
///
/// It runs outside the rules: which clients it limits can't be told from a request.
public struct OnSourceDDoSProtectionConfig: Hashable, Sendable {
  /// When clients of low reputation are limited.
  public var albLowReputationMode: LowReputationMode

  /// Creates a configuration.
  public init(albLowReputationMode: LowReputationMode) {
    self.albLowReputationMode = albLowReputationMode
  }
}

/// When a load balancer limits clients of low reputation.
public enum LowReputationMode: String, Hashable, Sendable, CaseIterable {
  /// While it is under attack or load.
  case activeUnderDDoS = "ACTIVE_UNDER_DDOS"
  /// Always.
  case alwaysOn = "ALWAYS_ON"
}

extension OnSourceDDoSProtectionConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let albLowReputationMode = object.required("ALBLowReputationMode", as: LowReputationMode.self)
    object.finish()
    guard !object.isBroken, let albLowReputationMode else { return nil }
    self.init(albLowReputationMode: albLowReputationMode)
  }

  package func node() -> Node { Node("ALBLowReputationMode", albLowReputationMode) }
}

extension LowReputationMode: WireWord, TreeWritable {}
