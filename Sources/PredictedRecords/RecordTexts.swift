import NativeRecords
import WAFEngine
import WAFProgram

/// The names of a program as JSON text, escaped once for all records.
struct RecordTexts: Sendable {
  let labels: [[UInt8]]
  /// By `RuleIndex`: the name inside the group, or in the web ACL.
  let ruleNames: [[UInt8]]
  let rulePaths: [[UInt8]]
  let topNames: [[UInt8]]
  let groupIDs: [[UInt8]]
  let assumptions: [[UInt8]]
  let defaultAction: [UInt8]
  let webACLID: [UInt8]
  let sourceName: [UInt8]
  /// Empty where the program carries no stamp.
  let stamp: [UInt8]

  init(_ program: Program) {
    labels = program.labels.map(Self.quoted)
    ruleNames = program.ruleInfo.map { Self.quoted($0.name) }
    rulePaths = program.ruleInfo.map { Self.quoted($0.path) }
    topNames = program.topRules.map { Self.quoted($0.name) }
    groupIDs = program.topRules.map { Self.quoted($0.groupID) }
    assumptions = (0..<program.assumptionCount).map { Self.quoted(program.assumptionName(at: $0)) }
    defaultAction = Self.quoted(Program.defaultActionName)
    webACLID = Self.quoted(program.webACLARN.isEmpty ? program.webACLName : program.webACLARN)
    stamp = program.stamp.isEmpty ? [] : Self.quoted(program.stamp)
    let limits = program.bodyLimits
    sourceName = Self.quoted((limits.stated ?? limits.assumed).sourceName)
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendJSON(text)
    return bytes
  }
}
