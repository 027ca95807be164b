import Matching
import Transforms
import WAFProgram
import WAFRequests

extension Evaluator {
  /// A condition in words: field, transformations, criterion.
  func title(of condition: Condition) -> String {
    switch condition {
    case .bytes(let slot, let search, let position, _):
      return "\(title(of: slot)) \(position.title) "
        + quoted(program.searches[search])
    case .regex(let slot, let set, _):
      let patterns = program.patternSets[set].patterns.map { "/\($0.source)/" }
      return "\(title(of: slot)) matches " + patterns.joined(separator: " or ")
    case .size(let slot, let comparison, let limit, _):
      return "size of \(title(of: slot)) \(comparison.symbol) \(limit)"
    case .ipSet(let set):
      return "client address in \(program.ipSetNames[set])"
    case .country(let set):
      return "country in " + program.countrySets[set].map(\.text).joined(separator: ", ")
    case .label(let key):
      let pattern = program.labelKeys[key].pattern
      return (pattern.scope == .label ? "label " : "label namespace ") + pattern.key
    case .managedRule(let index):
      return "managed rule \(program.managed[index].name)"
    case .unknowable(let index):
      return program.unknowables[index].title
    }
  }

  private func title(of slot: SlotIndex) -> String {
    var names: [String] = []
    var current: SlotIndex? = slot
    while let index = current {
      if let transformation = program.slots[index.position].transformation {
        names.insert(transformation.wireName, at: 0)
      }
      current = program.slots[index.position].parent
    }
    let field = program.fields[program.slots[slot.position].field].title
    return names.isEmpty ? field : "\(field) after \(names.joined(separator: ", "))"
  }

  private func quoted(_ bytes: [UInt8]) -> String {
    "\"" + String(decoding: bytes, as: UTF8.self) + "\""
  }
}

extension Position {
  fileprivate var title: String {
    switch self {
    case .exactly: "EXACTLY"
    case .startsWith: "STARTS_WITH"
    case .endsWith: "ENDS_WITH"
    case .contains: "CONTAINS"
    case .containsWord: "CONTAINS_WORD"
    }
  }
}

extension TextTransformation {
  fileprivate var wireName: String {
    switch self {
    case .none: "NONE"
    case .lowercase: "LOWERCASE"
    case .urlDecode: "URL_DECODE"
    case .urlDecodeUni: "URL_DECODE_UNI"
    case .htmlEntityDecode: "HTML_ENTITY_DECODE"
    case .compressWhiteSpace: "COMPRESS_WHITE_SPACE"
    case .normalizePath: "NORMALIZE_PATH"
    case .base64Decode: "BASE64_DECODE"
    case .removeNulls: "REMOVE_NULLS"
    }
  }
}
