package import GateSettings
package import WAFReplay
import WAFTraffic
package import Wafcast

extension ACLSettings {
  /// How the documents are read and compiled.
  package var loadOptions: LoadOptions {
    var options = LoadOptions(
      searchString: SearchStringMode(rawValue: searchString.value) ?? .auto,
      allowUnknown: allowUnknown.value, strict: strict.value, lenient: lenient.value,
      resourceType: resourceType.value.flatMap { ResourceType(rawValue: $0) },
      assumptions: assume.map(\.value), rulesetsDirectory: rulesets.paths.last,
      fidelity: LowestFidelity(rawValue: fidelity.value) ?? .medium, geoDatabases: geoip.paths,
      webACLName: name.value, account: account.value, scope: scope.value)
    options.ipLists = ipLists.map(\.value)
    return options
  }

  package var replayOptions: ReplayOptions {
    ReplayOptions(rates: RateMode(rawValue: rate.value) ?? .simulate)
  }
}
