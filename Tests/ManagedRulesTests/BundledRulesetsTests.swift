import CRulesets
import Diagnostics
import Foundation
import ManagedRules
import Testing
import WAFModel

/// What the documentation says of a group: what its file must not lose.
struct DocumentedGroup: CustomTestStringConvertible, Sendable {
  var name: String
  var rules: Int
  var capacity: Int
  var namespace: String

  var testDescription: String { name }

  static let all = [
    DocumentedGroup("CommonRuleSet", rules: 22, capacity: 700, "core-rule-set"),
    DocumentedGroup("AdminProtectionRuleSet", rules: 1, capacity: 100, "admin-protection"),
    DocumentedGroup("KnownBadInputsRuleSet", rules: 12, capacity: 200, "known-bad-inputs"),
    DocumentedGroup("SQLiRuleSet", rules: 8, capacity: 200, "sql-database"),
    DocumentedGroup("LinuxRuleSet", rules: 3, capacity: 200, "linux-os"),
    DocumentedGroup("UnixRuleSet", rules: 3, capacity: 100, "posix-os"),
    DocumentedGroup("WindowsRuleSet", rules: 8, capacity: 200, "windows-os"),
    DocumentedGroup("PHPRuleSet", rules: 4, capacity: 100, "php-app"),
    DocumentedGroup("WordPressRuleSet", rules: 2, capacity: 100, "wordpress-app"),
    DocumentedGroup("AmazonIpReputationList", rules: 3, capacity: 25, "amazon-ip-list"),
    DocumentedGroup("AnonymousIpList", rules: 2, capacity: 50, "anonymous-ip-list"),
    DocumentedGroup("BotControlRuleSet", rules: 38, capacity: 50, "bot-control"),
    DocumentedGroup("ATPRuleSet", rules: 11, capacity: 50, "atp"),
    DocumentedGroup("ACFPRuleSet", rules: 16, capacity: 50, "acfp"),
    DocumentedGroup("AntiDDoSRuleSet", rules: 3, capacity: 50, "anti-ddos"),
  ]

  init(_ shortName: String, rules: Int, capacity: Int, _ namespace: String) {
    self.name = "AWSManagedRules" + shortName
    self.rules = rules
    self.capacity = capacity
    self.namespace = "awswaf:managed:aws:\(namespace):"
  }
}

@Suite struct BundledRulesetsTests {
  static let groups = RulesetCatalogue.bundled().groups

  @Test func everyFileReadsWithoutDiagnostics() {
    #expect(RulesetCatalogue.bundledDiagnostics() == [])
    #expect(Self.groups.map(\.name) == DocumentedGroup.all.map(\.name).sorted())
  }

  @Test(arguments: DocumentedGroup.all)
  func groupAgreesWithTheDocumentation(_ documented: DocumentedGroup) throws {
    let group = try #require(
      RulesetCatalogue.bundled().group(vendorName: "AWS", name: documented.name))
    #expect(group.rules.count == documented.rules)
    #expect(group.capacity == documented.capacity)
    #expect(group.labelNamespace == documented.namespace)
  }

  @Test(arguments: DocumentedGroup.all)
  func labelsAreUniqueAndStandInTheNamespace(_ documented: DocumentedGroup) throws {
    let group = try #require(Self.groups.first { $0.name == documented.name })
    let ruleLabels = group.rules.compactMap(\.label)
    #expect(Set(ruleLabels).count == ruleLabels.count)
    #expect(Set(group.availableLabels).count == group.availableLabels.count)
    #expect(Array(group.availableLabels.prefix(ruleLabels.count)) == ruleLabels)
    #expect(group.availableLabels.allSatisfy { $0.hasPrefix(group.labelNamespace) })
  }

  @Test(arguments: DocumentedGroup.all)
  func everyRuleIsExplained(_ documented: DocumentedGroup) throws {
    let group = try #require(Self.groups.first { $0.name == documented.name })
    for rule in group.rules {
      #expect(rule.documentation.hasSuffix("."), "\(rule.name)")
      #expect(!rule.source.isEmpty)
      switch rule.model {
      case .unmodelled(let reason):
        #expect(reason.hasSuffix("."), "\(rule.name)")
      case .branches(let branches, _, _):
        #expect(branches.allSatisfy { !$0.looksFor.isEmpty && $0.why.hasSuffix(".") })
        #expect(branches.map(\.fidelity) == branches.map(\.fidelity).sorted(), "\(rule.name)")
      }
    }
  }

  @Test(arguments: [
    ("CommonRuleSet", "NoUserAgent_HEADER", "NoUserAgent_Header"),
    ("CommonRuleSet", "UserAgent_BadBots_HEADER", "BadBots_Header"),
    ("CommonRuleSet", "SizeRestrictions_Cookie_HEADER", "SizeRestrictions_Cookie_Header"),
    ("AdminProtectionRuleSet", "AdminProtection_URIPATH", "AdminProtection_URIPath"),
    ("KnownBadInputsRuleSet", "PROPFIND_METHOD", "Propfind_Method"),
    ("SQLiRuleSet", "SQLiExtendedPatterns_URIPATH", "SQLiExtendedPatterns_UriPath"),
    (
      "WordPressRuleSet", "WordPressExploitablePaths_URIPATH",
      "WordPressExploitablePaths_URIPATH"
    ),
    ("BotControlRuleSet", "CategoryHttpLibrary", "bot:category:http_library"),
    ("ACFPRuleSet", "AllRequests", nil),
  ])
  func labelIsNotDerivedFromTheName(
    _ shortName: String, _ ruleName: String, _ label: String?
  ) throws {
    let group = try #require(Self.groups.first { $0.name == "AWSManagedRules" + shortName })
    let rule = try #require(group.rule(named: ruleName))
    #expect(rule.label == label.map { group.labelNamespace + $0 })
  }

  @Test(arguments: [
    ("CommonRuleSet", "GenericLFI_BODY", RuleAction.Kind.block),
    ("AmazonIpReputationList", "AWSManagedIPDDoSList", .count),
    ("BotControlRuleSet", "TGT_VolumetricSession", .captcha),
    ("AntiDDoSRuleSet", "ChallengeAllDuringEvent", .challenge),
  ])
  func actionIsTheDocumentedOne(
    _ shortName: String, _ ruleName: String, _ action: RuleAction.Kind
  ) throws {
    let group = try #require(Self.groups.first { $0.name == "AWSManagedRules" + shortName })
    #expect(group.rule(named: ruleName)?.action.kind == action)
  }

  /// The API lists the rules of this group in another order than the documentation.
  @Test func rulesStandInTheOrderOfTheAPI() throws {
    let group = try #require(Self.groups.first { $0.name.hasSuffix("KnownBadInputsRuleSet") })
    #expect(group.rules.first?.name == "JavaDeserializationRCE_BODY")
    #expect(group.rules.map(\.name).suffix(2) == ["Log4JRCE_HEADER", "ReactJSRCE_BODY"])
  }

  @Test(arguments: [
    ("NoUserAgent_HEADER", [Fidelity.exact, .high], MissTrust.exact),
    ("SizeRestrictions_BODY", [.exact], .exact),
    ("UserAgent_BadBots_HEADER", [.high, .medium], .approximate),
    ("GenericLFI_URIPATH", [.high, .low], .approximate),
    ("EC2MetaDataSSRF_COOKIE", [.high, .medium, .low, .low], .approximate),
  ])
  func coreRuleHasItsBranches(
    _ name: String, _ fidelities: [Fidelity], _ missTrust: MissTrust
  ) throws {
    let group = try #require(Self.groups.first { $0.name.hasSuffix("CommonRuleSet") })
    guard case .branches(let branches, let trust, _) = group.rule(named: name)?.model else {
      Issue.record("\(name) is not modelled")
      return
    }
    #expect(branches.map(\.fidelity) == fidelities)
    #expect(trust == missTrust)
  }

  @Test func onlyCrossSiteScriptingIsMissingInTheCoreRuleSet() throws {
    let group = try #require(Self.groups.first { $0.name.hasSuffix("CommonRuleSet") })
    let unmodelled = group.rules.filter {
      if case .unmodelled = $0.model { true } else { false }
    }
    #expect(unmodelled.count == 4)
    #expect(unmodelled.allSatisfy { $0.name.hasPrefix("CrossSiteScripting_") })
  }

  @Test func binaryHoldsTheFilesOfTheFolder() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../rulesets/aws").standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var embedded: [String: [UInt8]] = [:]
    for index in 0..<wafcast_ruleset_count() {
      let ruleset = wafcast_ruleset_at(index)
      embedded[String(cString: ruleset.name) + ".json"] = Array(
        UnsafeBufferPointer(start: ruleset.bytes, count: ruleset.size))
    }
    #expect(embedded.keys.sorted() == files.sorted())
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: file)))
      #expect(embedded[file] == bytes, "\(file)")
    }
    #expect(wafcast_ruleset_at(wafcast_ruleset_count()).size == 0)
  }
}
