import Diagnostics

/// What a managed rule group consists of in one version.
package struct ManagedGroupContent: Sendable {
  /// The version whose content this is; nil where the group has no versions.
  package var version: ManagedVersion?
  /// Whether that is the version that was asked for.
  package var isAsAsked: Bool
  /// In evaluation order, with the branches of the version only.
  package var rules: [ManagedRule]
  /// Labels that are added before the rules run.
  package var labelRules: [ManagedLabelRule]

  /// The rule of a name, compared as AWS compares it: exactly.
  package func rule(named name: String) -> ManagedRule? {
    rules.first { $0.name == name }
  }

  /// The rule that a misspelt name probably meant.
  package func closestRuleName(to name: String) -> String? {
    didYouMean(name, among: rules.map(\.name))
  }
}

extension ManagedRuleGroup {
  /// The group as it is in a version; nil asks for the default one.
  ///
  /// A version that is not known is read as the newest known one of its line (major number) that is
  /// not newer, else as the oldest of its line, else as the default.
  package func content(version asked: String?) -> ManagedGroupContent {
    let (version, isAsAsked) = known(asked)
    var present = rules.filter { $0.versions.cover(version) }
    for index in present.indices {
      present[index].model = present[index].model.content(in: version)
      present[index].additionalLabels.removeAll { !$0.versions.cover(version) }
    }
    var labels = labelRules.filter { $0.versions.cover(version) }
    for index in labels.indices { labels[index].model = labels[index].model.content(in: version) }
    return ManagedGroupContent(
      version: version, isAsAsked: isAsAsked, rules: present, labelRules: labels)
  }

  private func known(_ asked: String?) -> (ManagedVersion?, isAsAsked: Bool) {
    guard let asked else { return (defaultVersion, true) }
    // Bot Control's name for the newest version (documented: "LATEST version for the Bot Control
    // managed rule group" of the developer guide).
    if asked == "LATEST", let newest = versions.map(\.number).max() { return (newest, true) }
    guard let number = ManagedVersion(asked) else { return (defaultVersion, false) }
    let numbers = versions.map(\.number).sorted()
    if numbers.contains(number) { return (number, true) }
    let line = numbers.filter { $0.major == number.major }
    return (line.last { $0 < number } ?? line.first ?? defaultVersion, false)
  }
}

extension ManagedRuleModel {
  /// The model as it is in a version of the group.
  fileprivate func content(in version: ManagedVersion?) -> ManagedRuleModel {
    guard case .branches(let branches, let missTrust, let why) = self else { return self }
    return .branches(
      branches.filter { $0.versions.cover(version) }, missTrust: missTrust, why: why)
  }
}
