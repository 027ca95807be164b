/// Web ACLs of a rule or two, as JSON.
enum SmallWebACL {
  /// A web ACL that allows what its rules let through.
  static func text(_ rules: [String]) -> String {
    """
    {"Name": "shop", "Scope": "REGIONAL", "DefaultAction": {"Allow": {}}, \
    "VisibilityConfig": \(visibility), "Rules": [\(rules.joined(separator: ",\n"))]}
    """
  }

  private static let visibility = """
    {"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": "m"}
    """

  static func rule(_ statement: String, action: String = "{\"Block\": {}}") -> String {
    """
    {"Name": "rule", "Priority": 0, "Action": \(action), "VisibilityConfig": \(visibility), \
    "Statement": \(statement)}
    """
  }

  static func matches(
    _ text: String, in field: String, _ position: String = "EXACTLY"
  ) -> String {
    """
    {"ByteMatchStatement": {"SearchString": "\(text)", "PositionalConstraint": "\(position)", \
    "FieldToMatch": \(field), "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}
    """
  }
}
