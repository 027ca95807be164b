package import IPAddressing
package import WAFRequests

/// A web ACL, compiled: rules in evaluation order over a hash-consed set of leaf conditions.
///
/// A program knows no JSON and no wafv2 names; it can be printed, cached and tested without a
/// web ACL. It is immutable and shared by all workers.
public struct Program: Sendable {
  package internal(set) var topRules: ContiguousArray<TopRule> = []
  package internal(set) var rules: ContiguousArray<ProgramRule> = []
  package internal(set) var ruleInfo: ContiguousArray<RuleInfo> = []
  package internal(set) var labelRules: ContiguousArray<LabelRule> = []
  package internal(set) var code = JumpCode()
  package internal(set) var leaves: ContiguousArray<Condition> = []
  package internal(set) var slots: ContiguousArray<Slot> = []
  package internal(set) var fields: ContiguousArray<Field> = []
  /// The untransformed slots of `Cookies` fields, and of `Headers` and `HeaderOrder` fields.
  package internal(set) var cookieSlots: ContiguousArray<SlotIndex> = []
  package internal(set) var headerSlots: ContiguousArray<SlotIndex> = []
  package internal(set) var searches: ContiguousArray<[UInt8]> = []
  package internal(set) var patternSets: ContiguousArray<PatternSet> = []
  package internal(set) var ipSets: ContiguousArray<CIDRSet> = []
  package internal(set) var ipSetNames: [String] = []
  /// All of `ipSets` in one structure.
  package internal(set) var addressIndex = AddressIndex()
  package internal(set) var countrySets: ContiguousArray<[CountryCode]> = []
  /// Sorted numbers of autonomous systems.
  package internal(set) var asnSets: ContiguousArray<[UInt32]> = []
  /// Where addresses come from; the first one is the peer.
  package internal(set) var addressSources: ContiguousArray<AddressSource> = [.client]
  /// The headers (lower case) whose addresses give geo labels; place 0 stands for the peer.
  package internal(set) var geoHeaders: ContiguousArray<[UInt8]> = [[]]
  package internal(set) var rates: ContiguousArray<RateRule> = []
  package internal(set) var gates: ContiguousArray<Gate> = []
  package internal(set) var labels: ContiguousArray<String> = []
  package internal(set) var ruleLabels: ContiguousArray<Int32> = []
  package internal(set) var labelKeys: ContiguousArray<LabelKey> = []
  package internal(set) var managed: ContiguousArray<ManagedCondition> = []
  package internal(set) var unknowables: [Unknowable] = []
  package internal(set) var opaqueGroups: [OpaqueGroup] = []
  package var defaultAction: Action = .allow
  package var defaultResponseCode: UInt16 = 0
  package var defaultHandling = CustomHandling.none
  /// Answers for detectors in place of the default one.
  package var detectorAssumptions: [Detector: ManagedCondition.Assumption] = [:]
  /// Whether a rule, or the default action, inserts headers into requests.
  package internal(set) var insertsHeaders = false
  /// Whether one of these headers has placeholders in its value.
  package internal(set) var insertsTemplates = false
  /// The facts of the request that these placeholders stand for.
  package internal(set) var insertedFacts = RequestFacts(rawValue: 0)
  /// Whether a block answers with headers or a body of its own.
  package internal(set) var answersClients = false
  /// The entries of conditions with a leaf that stands under a NOT and elsewhere without one, and
  /// these leaves; almost always there are none.
  package internal(set) var mixedLeaves: [Int32: [LeafIndex]] = [:]
  package var bodyLimits = BodyLimits(
    stated: nil, assumed: .applicationLoadBalancer, configured: [:])
  /// `webaclId` of predicted records; empty where the document has no ARN.
  package var webACLARN = ""
  package var webACLName = ""
  package var isCloudFrontScope = false
  /// What made the program, in a line: version, digests, options.
  ///
  /// Predicted records carry it.
  package var stamp = ""

  /// What stands before leaves and rules so that few of them are looked at.
  package private(set) var filters = LiteralFilters()
  package private(set) var schedule = RuleSchedule()

  package init() {}

  /// Works out what is skipped; the last step of building.
  mutating func prepare() {
    filters = LiteralFilters(self)
    for index in managed.indices {
      managed[index].watch = watch(managed[index], filters).map { ManagedWatch($0) }
    }
    schedule = RuleSchedule(self, filters)
  }

  package static let defaultActionName = "Default_Action"

  /// The detectors that some condition runs.
  package var detectorsInUse: [Detector] {
    Detector.allCases.filter { wanted in
      leaves.contains { leaf in
        if case .detector(_, wanted, _) = leaf { true } else { false }
      }
    }
  }
}

/// A rule of the web ACL itself: a plain rule, or one that refers to a rule group.
package struct TopRule: Sendable {
  package enum Kind: UInt8, Sendable {
    case plain
    case rateBased
    case ruleGroup
    case managedRuleGroup

    package var isGroup: Bool {
      switch self {
      case .plain, .rateBased: false
      case .ruleGroup, .managedRuleGroup: true
      }
    }
  }

  package var name: String
  package var kind: Kind
  /// The rules in `Program.rules`: one for a plain rule, those of the group else.
  package var rules: Range<Int>
  /// The code of the scope-down statement; nil where there is none.
  package var scopeDown: Int32?
  package var scopeDownFormula: Formula?
  /// The sources of the geo labels that the scope-down statement adds.
  package var scopeDownGeo: GeoSources = GeoSources(rawValue: 0)
  /// The parts with an inspection limit that the scope-down statement looks at.
  package var scopeDownInspected: InspectedParts = []
  /// Whether the group's override action is Count.
  package var isOverriddenToCount: Bool
  /// Whether the web ACL that this one is compared with has the same rule at the same place among
  /// the rules that both have; always where it is compared with none.
  package internal(set) var isShared = true
  /// Whether, as a group that is not at hand, it does the same in both: shared, and behind the same
  /// labels.
  package internal(set) var sharesUnknowns = true
  /// What that override action adds to requests where it counts the group's end.
  package var countHandling = CustomHandling.none
  /// A group that is not at hand: its place in `Program.opaqueGroups`.
  package var opaqueGroup: Int?
  /// Labels that the group adds before its rules run, in `Program.labelRules`.
  package internal(set) var labelRules = 0..<0
  /// Labels that a group may add beside those of its rules: places in `Program.opaqueGroups`.
  package var labelSources: [Int] = []
  /// `ruleGroupId` in logs: `AWS#AWSManagedRulesCommonRuleSet`, or an ARN.
  package var groupID: String

  package init(
    name: String, kind: Kind, rules: Range<Int>, scopeDown: Int32?, scopeDownFormula: Formula?,
    isOverriddenToCount: Bool, opaqueGroup: Int?, groupID: String
  ) {
    self.name = name
    self.kind = kind
    self.rules = rules
    self.scopeDown = scopeDown
    self.scopeDownFormula = scopeDownFormula
    self.isOverriddenToCount = isOverriddenToCount
    self.opaqueGroup = opaqueGroup
    self.groupID = groupID
  }
}

/// What the hot path needs of a rule.
package struct ProgramRule: Sendable {
  package var entry: Int32
  /// What is done on a match, after all overrides.
  package var action: Action
  package var top: Int32
  package var labels: Range<Int32>
  /// The sources of the geo labels that the statement adds on every inspection.
  package var geo: GeoSources
  /// The gate of the action, in `Program.gates`; -1 where it has none.
  package var gate: Int32
  /// The custom response code of a block; 0 for none.
  package var responseCode: UInt16
  /// The parts with an inspection limit that the statement looks at.
  package var inspected: InspectedParts
  /// Whether the action inserts headers into the request.
  package var inserts: Bool
}

/// What reports need of a rule.
package struct RuleInfo: Sendable {
  package enum Override: UInt8, Sendable {
    case none
    case ruleActionOverride
    case excluded
  }

  package var name: String
  package var path: String
  /// The action that the rule has by itself.
  package var ownAction: Action
  package var override: Override
  package var formula: Formula
  /// The managed condition behind the rule; nil for a rule of one's own.
  package var managed: Int?
  /// How good the argument for a condition is that is no managed one: a count over other requests.
  package var fidelity: BranchFidelity?
  /// What its action adds to requests and answers, after all overrides.
  package var handling = CustomHandling.none

  package init(
    name: String, path: String, ownAction: Action, override: Override, formula: Formula,
    managed: Int?, handling: CustomHandling = .none
  ) {
    self.name = name
    self.path = path
    self.ownAction = ownAction
    self.override = override
    self.formula = formula
    self.managed = managed
    self.handling = handling
  }
}

/// A condition that nothing recorded can settle.
package struct Unknowable: Hashable, Sendable {
  /// What would settle it: `ipSet:ARN`, `statement:SqliMatchStatement`.
  package var evidence: String
  package var title: String
  /// The parts with an inspection limit that it looks at all the same.
  package var inspected: InspectedParts

  package init(evidence: String, title: String, inspected: InspectedParts = []) {
    self.evidence = evidence
    self.title = title
    self.inspected = inspected
  }
}

/// A rule group that is not at hand, or labels that a group at hand adds by means nobody can model.
package struct OpaqueGroup: Hashable, Sendable {
  package var name: String
  /// The namespace under which its labels lie, as far as it is known.
  package var namespace: String
  /// Whether a named assumption says that it does nothing (a vendor's group); an unresolved
  /// reference has no such way out.
  package var isAssumedIdle: Bool
  package var evidence: String

  /// The assumption that the group does nothing, as reports name it.
  package var assumption: String
  /// What the web ACL's statement says of its rules: other settings, another group.
  package var settings: String

  package init(
    name: String, namespace: String, isAssumedIdle: Bool, evidence: String, assumption: String,
    settings: String = ""
  ) {
    self.settings = settings
    self.name = name
    self.namespace = namespace
    self.isAssumedIdle = isAssumedIdle
    self.evidence = evidence
    self.assumption = assumption
  }
}
