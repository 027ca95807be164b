import Diagnostics
import DocumentTree

/// The resource types whose body limit can be set.
enum AssociationCheck {
  static let resourceTypes = [
    "CLOUDFRONT", "API_GATEWAY", "COGNITO_USER_POOL", "APP_RUNNER_SERVICE",
    "VERIFIED_ACCESS_INSTANCE", "AGENTCORE_GATEWAY",
  ]

  static func check(
    _ config: AssociationConfig?, at pointer: JSONPointer, in context: ReadingContext
  ) {
    guard let config else { return }
    for type in config.requestBody.keys.sorted() where !resourceTypes.contains(type) {
      let hasFixedLimit = type == "APPLICATION_LOAD_BALANCER" || type == "APPSYNC"
      context.error(
        "unknown-resource-type",
        hasFixedLimit
          ? "the body limit of \(type) is 8,192 bytes and can't be set"
          : "no body limit can be set for '\(type)'",
        at: pointer.appending("RequestBody").appending(type), focus: .key,
        notes: ["one of \(resourceTypes.joined(separator: ", "))"],
        suggestion: didYouMean(type, among: resourceTypes))
    }
  }
}
