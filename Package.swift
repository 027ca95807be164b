// swift-tools-version: 6.2
import PackageDescription

// One target is one room; docs/architecture.md draws the house. `make lint` holds every
// `import` against the dependencies declared here.

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// A room of the house.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A room that handles bytes: strict memory safety on top.
func byteRoom(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: strict + [
      .strictMemorySafety(), .enableExperimentalFeature("Lifetimes"),
    ])
}

/// The tests of a room.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// The pages of the managed rule groups beside their data.
let rulesetPages = [
  "CommonRuleSet", "AdminProtectionRuleSet", "KnownBadInputsRuleSet", "SQLiRuleSet", "LinuxRuleSet",
  "UnixRuleSet", "WindowsRuleSet", "PHPRuleSet", "WordPressRuleSet", "AmazonIpReputationList",
  "AnonymousIpList", "BotControlRuleSet", "ATPRuleSet", "ACFPRuleSet", "AntiDDoSRuleSet",
].map { "AWSManagedRules\($0).md" }

let package = Package(
  name: "wafcast",
  products: [
    .library(name: "Wafcast", targets: ["Wafcast"]),
    .executable(name: "wafcast", targets: ["WafcastCLI"]),
    .executable(name: "wafcast-evaluate", targets: ["WafcastEvaluate"]),
    .executable(name: "wafcast-bench", targets: ["WafcastBench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries and data.
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8",
      providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd",
      providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .target(name: "CByteMasks"),
    .systemLibrary(
      name: "CMaxMindDB", pkgConfig: "libmaxminddb",
      providers: [.apt(["libmaxminddb-dev"]), .brew(["libmaxminddb"])]),
    .target(
      name: "CRulesets", path: "rulesets", exclude: ["aws", "README.md"] + rulesetPages,
      sources: ["embed.c"], publicHeadersPath: "include"),

    // Ground floor: any room may import these.
    room("Behaviour"),
    room("Diagnostics"),
    byteRoom("Bytes", ["CByteMasks"]),
    room("IPAddressing"),

    // Documents in.
    room("DocumentTree", ["Diagnostics"]),
    room("WAFModel", ["DocumentTree", "Diagnostics", "Bytes"]),
    room(
      "WAFChecks",
      ["WAFModel", "Diagnostics", "Matching", "IPAddressing"]),
    room("GitRevisions", ["Diagnostics"]),
    room(
      "WAFDocuments",
      [
        "WAFModel", "WAFChecks", "DocumentTree", "Diagnostics", "Bytes", "GitRevisions", yams,
      ]),
    room("ManagedRules", ["WAFModel", "DocumentTree", "Diagnostics", "Bytes", "CRulesets"]),

    room("WAFCapacity", ["WAFModel", "ManagedRules", "Diagnostics"]),

    // Traffic in.
    byteRoom("WAFRequests", ["Bytes", "IPAddressing"]),
    byteRoom("WAFTraffic", ["WAFRequests", "Bytes", "IPAddressing"]),
    byteRoom(
      "TrafficReading", ["WAFTraffic", "WAFRequests", "Bytes", "CByteMasks", "CZlib", "CZstd"]),

    // Program and evaluation.
    byteRoom("LenientJSON", ["Bytes", "Behaviour"]),
    byteRoom("Transforms", ["Bytes", "Behaviour"]),
    byteRoom("Literals", ["Bytes"]),
    byteRoom("Matching", ["Bytes", "Literals", "CPCRE2"]),
    byteRoom("SQLInjection", ["Bytes"]),
    byteRoom("CrossSiteScripting", ["Bytes"]),
    byteRoom(
      "WAFProgram", ["WAFRequests", "Transforms", "Matching", "Literals", "IPAddressing"]),
    byteRoom(
      "WAFEngine",
      [
        "WAFProgram", "WAFRequests", "Transforms", "Matching", "Literals", "IPAddressing", "Bytes",
        "Behaviour", "LenientJSON", "SQLInjection", "CrossSiteScripting",
      ]),
    byteRoom("GeoDatabase", ["WAFRequests", "IPAddressing", "CMaxMindDB"]),
    room(
      "WAFCompiler",
      [
        "WAFModel", "ManagedRules", "WAFProgram", "WAFRequests", "Transforms", "Matching",
        "IPAddressing", "Diagnostics", "Behaviour", "Bytes",
      ]),

    // Corpora and reports.
    room("NativeRecords", ["WAFRequests", "Bytes", "IPAddressing"]),
    room(
      "PredictedRecords",
      ["NativeRecords", "WAFProgram", "WAFEngine", "WAFRequests", "Bytes"]),
    room(
      "WAFReplay",
      [
        "NativeRecords", "PredictedRecords", "WAFProgram", "WAFEngine", "WAFRequests", "Bytes",
        "IPAddressing",
      ]),
    room("ReportText", ["Diagnostics"]),
    room(
      "WAFReports",
      [
        "ReportText", "WAFReplay", "NativeRecords", "PredictedRecords", "WAFProgram", "WAFEngine",
        "WAFRequests", "IPAddressing", "Literals", "Transforms",
      ]),

    // What is known of managed rule groups, for people.
    room(
      "RulesetPages", ["ManagedRules", "WAFModel", "DocumentTree", "ReportText", "Diagnostics"]),

    // Measuring: labelled requests, groups and detectors. Behind the doors, like the gate.
    room(
      "Evaluation",
      [
        "Wafcast", "ManagedRules", "WAFEngine", "WAFProgram", "WAFRequests", "NativeRecords",
        "PredictedRecords", "SQLInjection", "CrossSiteScripting", "DocumentTree", "ReportText",
        "Diagnostics", "Bytes",
      ]),
    .executableTarget(
      name: "WafcastEvaluate",
      dependencies: ["Evaluation", "Wafcast", "ReportText", "Diagnostics", argumentParser],
      swiftSettings: strict),

    // Measures the engine for Benchmarks/; for development only.
    .executableTarget(
      name: "WafcastBench",
      dependencies: [
        "Wafcast", "WAFEngine", "WAFProgram", "WAFRequests", "WAFTraffic", "TrafficReading",
        "ReportText", argumentParser,
      ],
      swiftSettings: strict),

    // The gate: what a change of the web ACL does.
    room("Findings", ["Bytes"]),
    room(
      "ACLDifferences", ["Findings", "WAFModel", "DocumentTree", "Diagnostics"]),
    room(
      "ACLEdits",
      ["WAFDocuments", "ManagedRules", "WAFModel", "DocumentTree", "Diagnostics", "Bytes"]),
    room("GateReports", ["Findings", "ReportText", "Diagnostics"]),
    byteRoom(
      "WAFComparison",
      [
        "Findings", "WAFReplay", "PredictedRecords", "WAFProgram", "WAFEngine", "WAFRequests",
        "Bytes",
      ]),

    // Doors.
    room(
      "Wafcast",
      [
        "WAFModel", "WAFDocuments", "WAFChecks", "ManagedRules", "WAFCapacity",
        "WAFCompiler", "WAFProgram", "WAFEngine", "WAFRequests", "WAFTraffic", "TrafficReading",
        "GeoDatabase", "WAFReplay", "WAFComparison", "NativeRecords",
        "PredictedRecords", "Diagnostics", "Bytes",
      ]),
    room(
      "Gate",
      [
        "Findings", "Wafcast", "GateSettings", "ACLTesting", "ACLDifferences", "WAFComparison",
        "WAFTraffic", "WAFReplay", "WAFReports",
        "WAFModel", "WAFProgram", "WAFEngine", "DocumentTree", "ReportText", "Bytes",
      ]),
    room(
      "GateSettings",
      ["Findings", "WAFDocuments", "WAFProgram", "DocumentTree", "Diagnostics"]),
    room(
      "ACLTesting",
      [
        "Wafcast", "Findings", "WAFDocuments", "WAFModel", "DocumentTree", "Diagnostics",
        "WAFProgram", "WAFEngine", "WAFRequests", "WAFTraffic", "TrafficReading", "WAFReports",
        "ReportText", "NativeRecords", "IPAddressing", "Bytes",
      ]),
    .executableTarget(
      name: "WafcastCLI",
      dependencies: [
        "Wafcast", "Gate", "GateSettings", "GateReports", "ACLTesting", "Findings", "ACLEdits",
        "WAFComparison", "WAFDocuments", "WAFTraffic",
        "TrafficReading", "WAFReplay", "ReportText", "WAFReports",
        "ManagedRules", "RulesetPages",
        "Diagnostics", "Bytes", argumentParser,
      ],
      swiftSettings: strict),

    // What is done with one input of a fuzz target: `make fuzz` under libFuzzer, `make test` with the
    // seeds.
    .target(
      name: "FuzzEntries",
      dependencies: [
        "Behaviour", "Diagnostics", "Bytes", "IPAddressing", "DocumentTree", "WAFModel",
        "WAFDocuments", "ManagedRules", "WAFCapacity", "WAFRequests", "WAFTraffic",
        "TrafficReading",
        "LenientJSON", "Transforms", "Matching", "WAFProgram", "WAFEngine", "GeoDatabase",
        "WAFCompiler", "NativeRecords", "PredictedRecords", "ReportText",
        "SQLInjection", "CrossSiteScripting",
      ],
      path: "Fuzz/FuzzEntries", swiftSettings: strict),
    tests("FuzzSeedTests", ["FuzzEntries", "Diagnostics"]),

    // Tests mirror the rooms.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("DiagnosticsTests", ["Diagnostics"]),
    tests("BytesTests", ["Bytes", "CByteMasks"]),
    tests("IPAddressingTests", ["IPAddressing"]),
    tests("DocumentTreeTests", ["DocumentTree", "Diagnostics"]),
    tests("WAFModelTests", ["WAFModel", "WAFChecks", "DocumentTree", "Diagnostics"]),
    tests(
      "WAFCapacityTests",
      ["WAFCapacity", "WAFModel", "ManagedRules", "DocumentTree", "Diagnostics"]),
    tests("RateOracleTests", ["WAFReplay", "WAFProgram", "WAFRequests", "Transforms"]),
    tests("APIDriftTests", ["WAFModel", "DocumentTree", "Diagnostics"]),
    tests("WAFChecksTests", ["WAFChecks", "WAFModel", "DocumentTree", "Diagnostics"]),
    tests("LenientJSONTests", ["LenientJSON", "Bytes", "Behaviour"]),
    tests("GeoDatabaseTests", ["GeoDatabase", "WAFRequests", "IPAddressing"]),
    tests("WAFDocumentsTests", ["WAFDocuments", "WAFModel", "DocumentTree", "Diagnostics"]),
    tests(
      "ManagedRulesTests",
      ["ManagedRules", "WAFModel", "DocumentTree", "Diagnostics", "CRulesets"],
      exclude: ["reference.json"]),
    tests(
      "RulesetPagesTests",
      ["RulesetPages", "ManagedRules", "WAFModel", "ReportText", "Diagnostics"],
      exclude: ["Snapshots"]),
    tests("WAFRequestsTests", ["WAFRequests", "Bytes", "IPAddressing"]),
    tests(
      "WAFTrafficTests",
      ["WAFTraffic", "TrafficReading", "WAFRequests", "Bytes", "IPAddressing", "CZstd"]),
    tests("TransformsTests", ["Transforms", "Bytes", "Behaviour"]),
    tests("LiteralsTests", ["Literals", "Bytes"]),
    tests("MatchingTests", ["Matching", "Literals", "Bytes"]),
    tests(
      "WAFEngineTests",
      ["WAFProgram", "WAFEngine", "WAFRequests", "Transforms", "Matching", "IPAddressing", "Bytes"]),
    tests(
      "WAFCompilerTests",
      [
        "WAFCompiler", "WAFModel", "WAFDocuments", "ManagedRules", "WAFProgram", "WAFEngine",
        "WAFRequests", "Transforms", "Matching", "Literals", "Bytes",
        "DocumentTree", "Diagnostics",
      ]),
    tests(
      "WAFReplayTests",
      [
        "WAFReplay", "NativeRecords", "PredictedRecords", "WAFTraffic", "WAFProgram", "WAFEngine",
        "WAFRequests", "IPAddressing", "Bytes", "Behaviour",
      ]),
    tests(
      "WAFReportsTests",
      [
        "ReportText", "WAFReports", "WAFReplay", "WAFProgram", "WAFEngine", "WAFRequests",
        "Matching", "Transforms",
      ],
      exclude: ["Snapshots"]),
    tests(
      "OracleTests",
      [
        "WAFModel", "WAFRequests", "WAFCompiler", "WAFProgram", "WAFEngine", "ManagedRules",
        "IPAddressing",
        "DocumentTree", "Diagnostics", "Behaviour", "Matching", "Bytes",
        "SQLInjection", "CrossSiteScripting",
      ]),
    tests("ReportTextTests", ["ReportText"]),
    tests("GateSettingsTests", ["GateSettings", "Findings", "DocumentTree", "Diagnostics"]),
    tests(
      "ACLTestingTests",
      ["ACLTesting", "Wafcast", "Findings", "Diagnostics", "WAFRequests", "IPAddressing", "Bytes"]),
    tests(
      "PredictedRecordsTests",
      ["NativeRecords", "PredictedRecords", "WAFRequests", "WAFTraffic", "Bytes", "IPAddressing"]),
    tests(
      "ConformanceTests",
      [
        "Wafcast", "ManagedRules", "PredictedRecords", "WAFTraffic", "WAFProgram", "WAFEngine",
        "WAFRequests",
      ]),
    tests("SQLInjectionTests", ["SQLInjection", "Bytes"]),
    tests("CrossSiteScriptingTests", ["CrossSiteScripting", "Bytes"]),
    tests(
      "EvaluationTests", ["Evaluation", "WafcastEvaluate", "WAFProgram", "WAFRequests"]),
    tests("WafcastBenchTests", ["WafcastBench"]),
    tests("WafcastTests", ["Wafcast"]),
    tests("WafcastCLITests", ["WafcastCLI"], exclude: ["Snapshots"]),
    tests(
      "ACLEditsTests",
      ["ACLEdits", "WAFDocuments", "ManagedRules", "WAFModel", "DocumentTree", "Diagnostics"]),
    tests("GitRevisionsTests", ["GitRevisions", "Diagnostics"]),
    tests(
      "ACLDifferencesTests",
      ["ACLDifferences", "Findings", "WAFDocuments", "WAFModel", "DocumentTree", "Diagnostics"]),
    tests("WAFComparisonTests", ["WAFComparison"]),
    tests(
      "GateReportsTests", ["GateReports", "Findings", "ReportText", "Diagnostics"],
      exclude: ["Snapshots"]),
    tests("GateCommandTests", ["WafcastCLI"]),
    tests("IntegrationsTests", ["WafcastCLI"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

// libFuzzer is not there in an ordinary build: `make fuzz` sets the variable and the sanitizers.
if Context.environment["WAFCAST_FUZZ"] != nil {
  package.targets += [
    .executableTarget(
      name: "WafcastFuzz", dependencies: ["FuzzEntries"], path: "Fuzz/WafcastFuzz",
      swiftSettings: strict)
  ]
}
