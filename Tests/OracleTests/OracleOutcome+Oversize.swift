import WAFModel
import WAFProgram

extension OracleOutcome {
  /// Finds out what `oversizeFields` lists: the fields above their limit that a reached rule looks
  /// at.
  mutating func settleOversize(_ record: OracleRecord, at level: EvidenceLevel) {
    func isOver(_ field: OracleField) -> Truth {
      let answer = record.isOver(field)
      return answer.level <= level ? answer.truth : .unknown
    }
    var listed: [String: Truth] = [:]
    for field in inspected.fields {
      let name =
        switch field {
        case .body: "REQUEST_BODY"
        case .json: "REQUEST_JSON_BODY"
        case .cookies: "REQUEST_COOKIES"
        default: "REQUEST_HEADERS"
        }
      listed[name] = Truth.any([listed[name] ?? .no, isOver(field)])
    }
    for (name, truth) in listed {
      if truth == .yes { oversize.insert(name) }
      if truth == .unknown { oversizeIsOpen = true }
    }
    guard inspected.unknown else { return }
    let all = OracleField.JSONChoice(scope: .all, handling: .continue)
    let fields: [(String, OracleField)] = [
      ("REQUEST_BODY", .body(.continue)), ("REQUEST_JSON_BODY", .json(all)),
      ("REQUEST_COOKIES", .cookies(.all, .all, .continue)),
      ("REQUEST_HEADERS", .headers(.all, .all, .continue)),
    ]
    for (name, field) in fields where listed[name] != .yes && isOver(field) != .no {
      oversizeIsOpen = true
    }
  }
}
