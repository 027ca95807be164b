package import DocumentTree

/// What is measured and sampled.
///
/// It changes nothing about the evaluation.
public struct VisibilityConfig: Hashable, Sendable {
  /// Whether the service keeps a sample of matching requests.
  public var sampledRequestsEnabled: Bool
  /// Whether the service sends metrics to CloudWatch.
  public var cloudWatchMetricsEnabled: Bool
  /// The name of the metric.
  public var metricName: String

  /// Creates a configuration.
  public init(
    sampledRequestsEnabled: Bool, cloudWatchMetricsEnabled: Bool, metricName: String
  ) {
    self.sampledRequestsEnabled = sampledRequestsEnabled
    self.cloudWatchMetricsEnabled = cloudWatchMetricsEnabled
    self.metricName = metricName
  }
}

extension VisibilityConfig: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let sampled = object.required("SampledRequestsEnabled", as: Bool.self)
    let metrics = object.required("CloudWatchMetricsEnabled", as: Bool.self)
    let name = object.required("MetricName", as: String.self)
    object.finish()
    guard let sampled, let metrics, let name else { return nil }
    self.init(
      sampledRequestsEnabled: sampled, cloudWatchMetricsEnabled: metrics, metricName: name)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("SampledRequestsEnabled", sampledRequestsEnabled)
    members.add("CloudWatchMetricsEnabled", cloudWatchMetricsEnabled)
    members.add("MetricName", metricName)
    return members.node
  }
}
