import Behaviour
import WAFModel
import WAFRequests

extension OracleRecord {
  func bodyView(
    _ handling: OversizeHandling, _ reading: Reading, isSize: Bool, limit: Int
  ) -> ComponentView {
    var view = ComponentView(handling: handling)
    guard let (value, isThere) = body(reading) else {
      view.mayBeEmptyForAll = record.bodyAbsence == .recorded
      return view
    }
    view.isOver = Self.isOver(value, isThere, limit)
    // The other reading of Q1 knows the true size of a body that is cut.
    let inspected =
      isSize && handling == .continue && reading.flip.contains(.truncatedBodySize)
      ? value : value.truncated(to: limit)
    if isThere {
      view.values = [inspected]
    } else {
      view.unseen = KnownValue(nothingBut: 0, inspected.most)
    }
    return view
  }

  private static func isOver(_ value: KnownValue, _ isThere: Bool, _ limit: Int) -> Truth {
    switch value.compares(.gt, limit) {
    case .yes: isThere ? .yes : .unknown
    case .no: .no
    case .unknown: .unknown
    }
  }

  /// What is known of the body, and whether there certainly is one; nil for none.
  func body(_ reading: Reading) -> (KnownValue, isThere: Bool)? {
    let size: Int? =
      switch record.bodySize {
      case .unknown: nil
      case .recorded(let size): size
      case .observed(let size): reading.ignoresObserved ? nil : size
      }
    let bytes = bytes(record.body)
    switch record.body.state {
    case .known, .empty:
      return (KnownValue(whole: bytes), true)
    case .prefix:
      return (KnownValue(prefix: bytes, least: size ?? 0, most: size), true)
    case .lossy where !reading.ignoresLossyValues:
      var value = KnownValue(whole: bytes)
      value.least = size ?? bytes.count
      value.most = value.least
      return (value, true)
    case .lossy:
      return (KnownValue(nothingBut: size ?? 0, size), true)
    case .redacted:
      return (KnownValue(nothingBut: size ?? 0, size), true)
    case .notRecorded where size == 0:
      return nil
    case .notRecorded:
      return (KnownValue(nothingBut: size ?? 0, size), size != nil)
    case .absent, .absentOrEmpty:
      return nil
    }
  }

  // MARK: JSON

  /// The elements of a JSON body, or what a parse that fails leaves.
  func jsonForms(
    _ choice: OracleField.JSONChoice, _ reading: Reading, isSize: Bool, limit: Int
  ) -> [ComponentView] {
    guard let (value, isThere) = body(reading) else {
      let isEmpty =
        reading.flip.contains(.absentAsEmpty)
        && (isSize || record.bodyAbsence == .recorded)
      guard isEmpty else { return [ComponentView(handling: choice.handling)] }
      return Self.parsed(KnownValue(whole: []), .no, choice, reading)
    }
    let isOver = Self.isOver(value, isThere, limit)
    // With MATCH and NO_MATCH what is parsed is never cut.
    let isCut = choice.handling == .continue ? isOver : .no
    var forms = Self.parsed(value.truncated(to: limit), isCut, choice, reading)
    if !isThere { forms.append(ComponentView()) }
    for index in forms.indices {
      forms[index].isOver = isOver
      forms[index].handling = choice.handling
    }
    return forms
  }

  private static func parsed(
    _ text: KnownValue, _ isCut: Truth, _ choice: OracleField.JSONChoice, _ reading: Reading
  ) -> [ComponentView] {
    let json = NaiveJSON(text.bytes, flipping: reading.flip)
    var view = ComponentView(isPresent: true)
    view.values = json.selected(choice.paths, choice.scope).map { KnownValue(whole: $0) }
    // Further elements may follow what is known of the text.
    let goesOn = text.extent != .whole && json.end == .ranOut
    if goesOn { view.unseen = KnownValue(nothingBut: 0, text.most) }
    let before = view
    // If the string goes on to its end, so does its start.
    if goesOn, let cut = json.selectedCut(choice.paths, choice.scope) {
      view.values.append(KnownValue(prefix: cut))
    }
    let failure: ComponentView =
      switch choice.fallback {
      case nil: before
      case .match: ComponentView(answer: .yes)
      case .noMatch: ComponentView(answer: .no)
      case .evaluateAsString: ComponentView.single(text)
      }
    let mayFail: Bool
    let mustFail: Bool
    switch json.end {
    case .failed: (mayFail, mustFail) = (true, true)
    case .ranOut: (mayFail, mustFail) = (true, text.extent == .whole || isCut == .yes)
    case .complete:
      (mayFail, mustFail) = (text.extent != .whole || isCut != .no, isCut == .yes)
    }
    if mustFail { return [failure] }
    return mayFail ? [view, failure] : [view]
  }
}
