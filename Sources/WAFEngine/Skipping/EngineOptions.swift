/// What an evaluator does to be quick; none of it changes a verdict.
///
/// All of it can be switched off, so that tests hold the quick ways against the plain one. One thing
/// does differ: a pattern that gives up on a value without any of its literals is not run there by
/// the quick way, which so knows that it does not match.
package struct EngineOptions: Hashable, Sendable {
  /// A leaf none of whose literals is in its slot's values is not tested.
  package var usesPrefilters = true
  /// Rules that no prefilter speaks for are not visited; only with prefilters.
  package var skipsRules = true
  /// A value that the other reading of an open question leaves as it is, is not transformed again.
  package var sharesReadings = true
  /// A walk ends where it is known that a weaker level has to be tried.
  package var stopsWalksEarly = true
  /// Values in which nothing was found are not looked through again.
  package var remembersValues = true

  package init() {}

  package static let all = EngineOptions()

  /// Every statement of every rule is run on every value.
  package static let none: EngineOptions = {
    var options = EngineOptions()
    for option in switches { options[keyPath: option.path] = false }
    return options
  }()

  /// The options by the names that command lines take.
  package static var switches: [(name: String, path: WritableKeyPath<EngineOptions, Bool>)] {
    [
      ("prefilters", \.usesPrefilters), ("rule-skipping", \.skipsRules),
      ("shared-readings", \.sharesReadings), ("early-stops", \.stopsWalksEarly),
      ("value-memory", \.remembersValues),
    ]
  }
}
