/// What the command line says beside, or in place of, the configuration; nil and empty for what it
/// leaves alone.
package struct SettingOverrides: Hashable, Sendable {
  /// Arguments, which take the place of `corpora`.
  package var traffic: [String] = []
  // What takes the place of the setting.
  package var base: String?
  package var resourceType: String?
  package var account: String?
  package var searchString: String?
  package var fidelity: String?
  package var rate: String?
  package var format: String?
  package var maxRecord: Int?
  package var allowUnknown: Bool?
  package var strict: Bool?
  package var lenient: Bool?
  package var minimum: Int?
  package var maxRejects: Share?
  package var maxIndeterminate: RequestLimit?
  package var failOn: [FailOn]?
  package var failUnder: Share?
  package var baseline: String?
  // What is added to the setting.
  package var with: [String] = []
  package var assume: [String] = []
  package var ipLists: [String] = []
  package var rulesets: [String] = []
  package var geoip: [String] = []
  package var tests: [String] = []
  package var budgets: [Budget] = []
  package var reports: [ReportRequest] = []

  package init() {}

  /// The name of the option for a setting.
  static func option(_ key: SettingKey) -> String {
    switch key {
    case .budgets: "--budget"
    case .reports: "--report"
    case .coverage: "--fail-under"
    case .corpora: "traffic"
    default: "--" + key.rawValue
    }
  }
}

extension GateConfiguration {
  /// The configuration with what the command line says; each setting remembers it.
  package func overriding(_ overrides: SettingOverrides) -> GateConfiguration {
    var configuration = self
    for index in configuration.acls.indices { configuration.acls[index].override(overrides) }
    configuration.baseline.replace(.baseline, overrides.baseline)
    configuration.reports.add(.reports, overrides.reports)
    return configuration
  }
}

extension ACLSettings {
  fileprivate mutating func override(_ overrides: SettingOverrides) {
    if !overrides.traffic.isEmpty {
      corpora = PathList(overrides.traffic.map { PathList.Entry($0, from: .commandLine) })
    }
    base.replace(.base, overrides.base.flatMap { BaseReference($0) })
    resourceType.replace(.resourceType, overrides.resourceType)
    account.replace(.account, overrides.account)
    searchString.replace(.searchString, overrides.searchString)
    fidelity.replace(.fidelity, overrides.fidelity)
    rate.replace(.rate, overrides.rate)
    format.replace(.format, overrides.format)
    maxRecord.replace(.maxRecord, overrides.maxRecord)
    allowUnknown.replace(.allowUnknown, overrides.allowUnknown)
    strict.replace(.strict, overrides.strict)
    lenient.replace(.lenient, overrides.lenient)
    minimum.replace(.minimum, overrides.minimum)
    maxRejects.replace(.maxRejects, overrides.maxRejects)
    maxIndeterminate.replace(.maxIndeterminate, overrides.maxIndeterminate)
    failOn.replace(.failOn, overrides.failOn)
    failUnder.replace(.coverage, overrides.failUnder)
    with.add(.with, overrides.with)
    rulesets.add(.rulesets, overrides.rulesets)
    geoip.add(.geoip, overrides.geoip)
    tests.add(.tests, overrides.tests)
    assume.add(.assume, overrides.assume)
    ipLists.add(.ipList, overrides.ipLists)
    budgets.add(.budgets, overrides.budgets)
  }
}

extension Setting {
  fileprivate mutating func replace(_ key: SettingKey, _ value: Value?) {
    guard let value else { return }
    self = Setting(value, from: .option(SettingOverrides.option(key)))
  }

  fileprivate mutating func replace<Wrapped>(
    _ key: SettingKey, _ value: Wrapped?
  ) where Value == Wrapped? {
    guard let value else { return }
    self = Setting(value, from: .option(SettingOverrides.option(key)))
  }
}

extension PathList {
  fileprivate mutating func add(_ key: SettingKey, _ paths: [String]) {
    let origin = SettingOrigin.option(SettingOverrides.option(key))
    entries += paths.map { Entry($0, from: origin) }
  }
}

extension Array {
  fileprivate mutating func add<Value>(
    _ key: SettingKey, _ values: [Value]
  ) where Element == Setting<Value> {
    let origin = SettingOrigin.option(SettingOverrides.option(key))
    self += values.map { Setting($0, from: origin) }
  }
}
