/// Where AWS documents a limit; diagnostics close with it, so that nobody has to take our word.
enum Authority: String {
  /// The page of the quotas that can't be raised.
  case quotas = "AWS WAF quotas (developer guide)"
  /// The same page, where it says that a quota can be raised.
  case adjustable = "AWS WAF quotas (developer guide); the quota can be raised"
  /// The constraints of the API's model.
  case api = "the API reference of AWS WAF"
  /// The page about request components.
  case components = "Request components in AWS WAF (developer guide)"
  /// The page about pre-parse transformations.
  case preParse = "Using pre-parse text transformations in AWS WAF (developer guide)"
  /// The page about the syntax of regular expressions.
  case regex = "Supported regular expression syntax in AWS WAF (developer guide)"
  /// The page about labels.
  case labels = "Label syntax and naming requirements in AWS WAF (developer guide)"
  /// The page about the actions of rules.
  case actions = "Using rule actions in AWS WAF (developer guide)"
  /// The page about status codes.
  case statusCodes = "Supported status codes for custom responses (developer guide)"
  /// The page about custom responses.
  case customResponses = "Sending custom responses for Block actions (developer guide)"
  /// The page about the keys of rate-based rules.
  case rateKeys = "Aggregating rate-based rules in AWS WAF (developer guide)"
  /// The pages about the groups against bots, fraud and floods.
  case managedGroups = "AWS Managed Rules rule groups list (developer guide)"
  /// The page about rule groups.
  case ruleGroups = "Using rule groups in AWS WAF (developer guide)"
  /// The page about the domains of tokens.
  case tokenDomains = "Specifying token domains and domain lists in AWS WAF (developer guide)"
}
