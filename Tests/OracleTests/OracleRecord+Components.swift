import Behaviour
import Bytes
import WAFEngine
import WAFModel
import WAFProgram
import WAFRequests

extension OracleRecord {
  /// What a field holds, in one reading.
  func view(
    _ field: OracleField, _ reading: Reading, isSize: Bool, limit: Int? = nil
  ) -> ComponentView {
    switch field {
    case .method: plainView(record.method, reading)
    case .path: plainView(record.path, reading)
    case .query: plainView(record.query, reading)
    case .header(let name): headerView(name, reading)
    case .argument(let name): argumentView(reading, named: name)
    case .allArguments: argumentView(reading, named: nil)
    case .cookies(let selection, let scope, let handling):
      cookieView(selection, scope, handling, reading)
    case .body(let handling):
      bodyView(handling, reading, isSize: isSize, limit: limit ?? bodyLimit)
    }
  }

  private func bytes(_ component: Component) -> [UInt8] {
    Array(record.storage[component.range.bounds])
  }

  private func value(_ component: Component, _ reading: Reading) -> KnownValue? {
    switch component.state {
    case .known, .empty: KnownValue(whole: bytes(component))
    case .prefix: KnownValue(prefix: bytes(component))
    case .lossy where !reading.ignoresLossyValues: KnownValue(whole: bytes(component))
    case .lossy, .redacted: KnownValue(nothingBut: 0, nil)
    case .absent, .absentOrEmpty, .notRecorded: nil
    }
  }

  private func plainView(_ component: Component, _ reading: Reading) -> ComponentView {
    if let value = value(component, reading) { return .single(value) }
    return ComponentView(
      mayHaveMore: component.state == .notRecorded,
      mayBeEmptyForAll: component.state == .absentOrEmpty)
  }

  // MARK: Headers

  private func lines(_ name: String) -> [Header] {
    record.headers.filter { record.text($0.name).lowercased().trimmingBlanks == name }
  }

  private static func trimmed(_ value: KnownValue) -> KnownValue {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var bytes = value.bytes[...]
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    guard value.extent != .nothing else { return value }
    guard value.extent == .whole else { return KnownValue(prefix: Array(bytes)) }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return KnownValue(whole: Array(bytes))
  }

  private func headerView(_ name: String, _ reading: Reading) -> ComponentView {
    let lines = lines(name)
    var values = lines.map { line in
      let value = value(line.value, reading) ?? KnownValue(nothingBut: 0, nil)
      return reading.flip.contains(.headerTrimming) ? value : Self.trimmed(value)
    }
    if reading.flip.contains(.repeatedHeaders), values.count > 1 {
      values = [Self.joined(values)]
    }
    return ComponentView(
      values: values, mayHaveMore: lines.isEmpty && !record.headersAreComplete)
  }

  private static func joined(_ values: [KnownValue]) -> KnownValue {
    if values.allSatisfy({ $0.extent == .whole }) {
      return KnownValue(whole: Array(values.map(\.bytes).joined(separator: [0x2c])))
    }
    var most: Int? = values.count - 1
    for value in values { most = most.flatMap { sum in value.most.map { sum + $0 } } }
    return KnownValue(
      nothingBut: values.map(\.least).reduce(values.count - 1, +), most)
  }

  // MARK: Arguments

  private func argumentView(_ reading: Reading, named name: String?) -> ComponentView {
    guard let query = value(record.query, reading) else {
      return ComponentView(mayHaveMore: record.query.state == .notRecorded)
    }
    guard query.extent != .nothing else { return ComponentView(mayHaveMore: true) }
    // A query of no bytes has no segments, not an empty one.
    if query.extent == .whole, query.bytes.isEmpty { return ComponentView() }
    var view = ComponentView(mayHaveMore: query.extent == .prefix)
    var segments = query.bytes.split(
      separator: UInt8(ascii: "&"), omittingEmptySubsequences: false
    ).map(Array.init)
    let cutSegment = query.extent == .prefix ? segments.popLast() : nil
    for segment in segments {
      if segment.isEmpty, !reading.flip.contains(.emptyArguments) { continue }
      let (key, value) = Self.pair(segment)
      guard isWanted(key, name, reading) else { continue }
      view.values.append(KnownValue(whole: value ?? []))
    }
    if let cutSegment {
      let (key, value) = Self.pair(cutSegment)
      if let value, isWanted(key, name, reading) { view.values.append(KnownValue(prefix: value)) }
    }
    return view
  }

  private static func pair(_ text: [UInt8]) -> ([UInt8], [UInt8]?) {
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { return (text, nil) }
    return (Array(text[..<equals]), Array(text[(equals + 1)...]))
  }

  private func isWanted(_ key: [UInt8], _ name: String?, _ reading: Reading) -> Bool {
    guard let name else { return true }
    let key =
      reading.flip.contains(.argumentNames)
      ? NaiveTransformations.urlDecoded(key, unicode: false, keepsPlus: false) : key
    return NaiveTransformations.apply(.lowercase, to: key, flipping: []) == Array(name.utf8)
  }

  // MARK: Cookies

  private struct Cookie {
    var key: KnownValue
    /// Nil where the recording ends within the name.
    var value: KnownValue?
    /// Whether it certainly lies within the limits if those before it do.
    var isSure = true
  }

  private func cookieView(
    _ selection: OracleField.CookieSelection, _ scope: MatchScope, _ handling: OversizeHandling,
    _ reading: Reading
  ) -> ComponentView {
    let lines = lines("cookie")
    var view = ComponentView(handling: handling)
    view.mayHaveMore = lines.isEmpty && !record.headersAreComplete
    var cookies: [Cookie] = []
    for line in lines {
      guard let text = value(line.value, reading), text.extent != .nothing else {
        view.mayHaveMore = true
        continue
      }
      let first = cookies.count
      // Behind a value of unknown size a cookie may lie beyond the limits.
      let isBehind = view.mayHaveMore
      defer { if isBehind { for index in first..<cookies.count { cookies[index].isSure = false } } }
      var segments = text.bytes.split(
        separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      let cutSegment = text.extent == .prefix ? segments.popLast() : nil
      cookies += segments.compactMap { Self.cookie(Array($0), reading) }
      guard let cutSegment else { continue }
      view.mayHaveMore = true
      if let cookie = Self.cutCookie(Array(cutSegment), selection, reading) {
        cookies.append(cookie)
      }
    }
    let isSelected: (Cookie) -> Bool = { cookie in
      let key = String(decoding: cookie.key.bytes, as: UTF8.self)
      return switch selection {
      case .all: true
      case .only(let names): names.contains(key)
      case .allBut(let names): !names.contains(key)
      }
    }
    let inspected = Self.inspected(cookies, isSelected, scope, reading)
    view.values = inspected.parts
    // Cookies that nobody recorded may push the others over the limits.
    view.isOver = inspected.isOver ? .yes : view.mayHaveMore ? .unknown : .no
    return view
  }

  private static func cookie(_ segment: [UInt8], _ reading: Reading) -> Cookie? {
    var text = segment[...]
    while text.first == 0x20 || text.first == 0x09 { text.removeFirst() }
    while text.last == 0x20 || text.last == 0x09 { text.removeLast() }
    guard !text.isEmpty else { return nil }
    let (key, value) = pair(Array(text))
    let first = KnownValue(whole: key)
    if let value { return Cookie(key: first, value: KnownValue(whole: value)) }
    let nothing = KnownValue(whole: [])
    return reading.flip.contains(.bareCookies)
      ? Cookie(key: nothing, value: first) : Cookie(key: first, value: nothing)
  }

  /// What is certain of a cookie at which the recording ends.
  private static func cutCookie(
    _ segment: [UInt8], _ selection: OracleField.CookieSelection, _ reading: Reading
  ) -> Cookie? {
    guard var cookie = cookie(segment, reading) else { return nil }
    if segment.contains(UInt8(ascii: "=")) {
      cookie.value = cookie.value.map { KnownValue(prefix: $0.bytes) }
      return cookie
    }
    // It may go on as a name, and then be one that is not selected.
    guard selection == .all, !reading.flip.contains(.bareCookies) else { return nil }
    return Cookie(key: KnownValue(prefix: cookie.key.bytes), value: nil)
  }

  /// The parts of cookies within 8,192 bytes and 200 cookies, and whether there are more.
  private static func inspected(
    _ cookies: [Cookie], _ isSelected: (Cookie) -> Bool, _ scope: MatchScope, _ reading: Reading
  ) -> (parts: [KnownValue], isOver: Bool) {
    let countsAllItems = reading.limits == .countsAllItems
    let countsAllBytes = reading.limits == .countsAllBytes
    var parts: [KnownValue] = []
    var bytes = 0
    var items = 0
    for cookie in cookies {
      let isWanted = isSelected(cookie)
      if isWanted || countsAllItems { items += 1 }
      if items > 200 { return (parts, true) }
      for (part, isKey) in [(Optional(cookie.key), true), (cookie.value, false)] {
        guard let part else { continue }
        let isInScope = isWanted && (scope == .all || (scope == .key) == isKey)
        guard isInScope || countsAllBytes else { continue }
        let room = 8192 - bytes
        bytes += part.bytes.count
        if isInScope, cookie.isSure {
          if part.bytes.count <= room {
            parts.append(part)
          } else if room > 0, reading.limits != .dropsStraddling {
            parts.append(part.truncated(to: room))
          }
        }
        if bytes > 8192 { return (parts, true) }
      }
    }
    return (parts, false)
  }

  // MARK: Body

  private func bodyView(
    _ handling: OversizeHandling, _ reading: Reading, isSize: Bool, limit: Int
  ) -> ComponentView {
    var view = ComponentView(handling: handling)
    guard let (value, isThere) = body(reading) else {
      view.mayBeEmptyForAll = record.bodyAbsence == .recorded
      return view
    }
    view.isOver =
      switch value.compares(.gt, limit) {
      case .yes: isThere ? .yes : .unknown
      case .no: .no
      case .unknown: .unknown
      }
    // The other reading of Q1 knows the true size of a body that is cut.
    let inspected =
      isSize && handling == .continue && reading.flip.contains(.truncatedBodySize)
      ? value : value.truncated(to: limit)
    if isThere {
      view.values = [inspected]
    } else {
      view.mayHaveMore = true
      view.most = inspected.most
    }
    return view
  }

  /// What is known of the body, and whether there certainly is one; nil for none.
  func body(_ reading: Reading) -> (KnownValue, isThere: Bool)? {
    let size: Int? =
      switch record.bodySize {
      case .unknown: nil
      case .recorded(let size): size
      case .observed(let size): reading.ignoresObservedSize ? nil : size
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
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
