package import DocumentTree

/// The settings of Bot Control.
public struct AWSManagedRulesBotControlRuleSet: Hashable, Sendable {
  /// Which rules run.
  public var inspectionLevel: InspectionLevel
  /// Whether the rules that learn run; `true` where it is absent, and of the level TARGETED only.
  public var enableMachineLearning: Bool?

  /// Creates settings.
  public init(inspectionLevel: InspectionLevel, enableMachineLearning: Bool? = nil) {
    self.inspectionLevel = inspectionLevel
    self.enableMachineLearning = enableMachineLearning
  }
}

/// Which rules of Bot Control run.
public enum InspectionLevel: String, Hashable, Sendable, CaseIterable {
  /// Those for bots that say what they are.
  case common = "COMMON"
  /// All.
  case targeted = "TARGETED"
}

extension AWSManagedRulesBotControlRuleSet: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let inspectionLevel = object.required("InspectionLevel", as: InspectionLevel.self)
    let enableMachineLearning = object.optional("EnableMachineLearning", as: Bool.self)
    object.finish()
    guard !object.isBroken, let inspectionLevel else { return nil }
    self.init(inspectionLevel: inspectionLevel, enableMachineLearning: enableMachineLearning)
  }

  package func node() -> Node {
    var members = MemberList()
    members.add("InspectionLevel", inspectionLevel)
    members.add("EnableMachineLearning", enableMachineLearning)
    return members.node
  }
}

extension InspectionLevel: WireWord, TreeWritable {}
