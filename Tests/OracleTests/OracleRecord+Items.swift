import Behaviour
import WAFModel
import WAFRequests

/// A header or a cookie, as the limits of 8,192 bytes and 200 items count it.
private struct LimitedItem {
  var key: KnownValue
  /// Nil where the recording ends within the name.
  var value: KnownValue?
  var isSelected = true
  /// Whether it certainly lies within the limits if those before it do.
  var isSure = true
}

/// The parts of items that lie within the limits.
private struct InspectedItems {
  var parts: [KnownValue] = []
  /// Parts of which some start, or nothing, lies within the limits: all that they may be.
  var maybes: [KnownValue] = []
  /// The same parts as they are within the limits.
  var wholes: [KnownValue] = []
  var isOver = Truth.no

  private static let mostBytes = 8192
  private static let mostItems = 200

  init(
    _ items: [LimitedItem], _ scope: MatchScope, _ reading: Reading, orderIsKnown: Bool = true
  ) {
    let countsAllItems = reading.limits == .countsAllItems
    let countsAllBytes = reading.limits == .countsAllBytes
    var bytes = 0
    var count = 0
    var sizeIsKnown = orderIsKnown
    for item in items {
      if item.isSelected || countsAllItems { count += 1 }
      if count > Self.mostItems {
        isOver = .yes
        return
      }
      for (part, isKey) in [(Optional(item.key), true), (item.value, false)] {
        guard let part else { continue }
        let isInScope = item.isSelected && (scope == .all || (scope == .key) == isKey)
        guard isInScope || countsAllBytes else { continue }
        let room = Self.mostBytes - bytes
        bytes += part.least
        let isWhole = part.most == part.least
        if isInScope {
          add(part, room: room, isSure: sizeIsKnown && item.isSure, reading)
        }
        if bytes > Self.mostBytes {
          isOver = .yes
          return
        }
        // Behind a part of unknown size a part may lie beyond the limits.
        if !isWhole { sizeIsKnown = false }
      }
    }
    if !sizeIsKnown { isOver = .unknown }
  }

  private mutating func add(
    _ part: KnownValue, room: Int, isSure: Bool, _ reading: Reading
  ) {
    guard isSure else {
      addMaybe(part)
      return
    }
    let fits = part.most.map { $0 <= room } ?? false
    if fits || reading.limits != .dropsStraddling {
      if fits || room > 0 { parts.append(part.truncated(to: room)) }
    } else if part.least <= room {
      // It may straddle, or not.
      addMaybe(part)
    }
  }

  private mutating func addMaybe(_ part: KnownValue) {
    wholes.append(part)
    guard part.extent == .whole else {
      maybes.append(part)
      return
    }
    // Of long values a few starts will do.
    let lengths = part.bytes.indices.filter { $0 < 40 || $0 > part.bytes.count - 20 }
    maybes.append(part)
    maybes += lengths.map { KnownValue(whole: Array(part.bytes.prefix($0))) }
  }

  var view: ComponentView {
    ComponentView(values: parts, maybes: maybes, wholes: wholes, isOver: isOver)
  }
}

// MARK: Headers

extension OracleRecord {
  private func items(
    _ selection: OracleField.NameSelection, _ reading: Reading
  ) -> [LimitedItem] {
    var items: [LimitedItem] = []
    var places: [String: Int] = [:]
    for (line, (name, folded)) in zip(record.headers, headerNames) {
      let shown = reading.flip.contains(.headerNameCase) ? folded : name
      let value = headerValue(line, reading)
      if reading.flip.contains(.repeatedHeaders), let place = places[folded] {
        items[place].value = items[place].value.map {
          Self.joined([$0, value], with: Self.separator(folded))
        }
        continue
      }
      places[folded] = items.count
      items.append(
        LimitedItem(
          key: KnownValue(whole: Array(shown.utf8)), value: value,
          isSelected: selection.contains(folded)))
    }
    return items
  }

  /// Whether each of the selected headers has a line: then the recording has all its lines.
  private func hasLines(ofAll selection: OracleField.NameSelection) -> Bool {
    guard case .only(let names) = selection else { return false }
    return names.allSatisfy { !lines($0).isEmpty }
  }

  func headersView(
    _ selection: OracleField.NameSelection, _ scope: MatchScope, _ handling: OversizeHandling,
    _ reading: Reading
  ) -> ComponentView {
    let isComplete = record.headersAreComplete || hasLines(ofAll: selection)
    // Where a header is missing nobody knows, so that any of the others may lie beyond the limits.
    let countsOthers = reading.limits == .countsAllBytes || reading.limits == .countsAllItems
    let inspected = InspectedItems(
      items(selection, reading), scope, reading,
      orderIsKnown: countsOthers ? record.headersAreComplete : isComplete)
    var view = inspected.view
    view.handling = handling
    if !isComplete { view.unseen = ComponentView.anything }
    return view
  }

  /// The names of the headers as one value; that value is what the limit counts.
  func orderView(_ handling: OversizeHandling, _ reading: Reading) -> ComponentView {
    guard record.headersAreComplete else {
      return ComponentView(
        unseen: ComponentView.anything, isOver: .unknown, handling: handling)
    }
    let all = items(.all, reading)
    let items = all.prefix(200)
    var view = ComponentView(handling: handling, isPresent: true)
    var names = items.map(\.key)
    var size: (least: Int, isKnown: Bool) = (-1, true)
    if reading.limits == .countsAllBytes {
      // Names and values count, and only names that certainly lie within the limit are certain.
      var within = 0
      for item in all {
        let value = item.value ?? ComponentView.anything
        size.least += 1 + item.key.least + value.least
        if value.least != value.most { size.isKnown = false }
        if size.isKnown, size.least <= 8192 { within += 1 }
      }
      let isCut = within < names.count
      names = Array(names.prefix(within))
      let value = Self.joined(names, with: ":")
      view.values = [isCut ? KnownValue(prefix: value.bytes) : value]
    } else {
      let value = Self.joined(names, with: ":")
      size.least = value.bytes.count
      view.values = [value.truncated(to: 8192)]
    }
    if names.isEmpty, !all.isEmpty { view.values = [KnownValue(nothingBut: 0, nil)] }
    view.isOver =
      all.count > 200 || size.least > 8192 ? .yes : size.isKnown ? .no : .unknown
    return view
  }
}

// MARK: Cookies

extension OracleRecord {
  func cookieView(
    _ selection: OracleField.NameSelection, _ scope: MatchScope, _ handling: OversizeHandling,
    _ reading: Reading
  ) -> ComponentView {
    let lines = lines("cookie")
    var mayHaveMore = lines.isEmpty && !record.headersAreComplete
    var cookies: [LimitedItem] = []
    for line in lines {
      let text = value(line.value, reading)
      guard let text, text.extent != .nothing else {
        mayHaveMore = true
        continue
      }
      let first = cookies.count
      // Behind a value of unknown size a cookie may lie beyond the limits.
      let isBehind = mayHaveMore
      defer { if isBehind { for index in first..<cookies.count { cookies[index].isSure = false } } }
      var segments = text.bytes.split(
        separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      let cutSegment = text.extent == .prefix ? segments.popLast() : nil
      cookies += segments.compactMap { Self.cookie(Array($0), selection, reading) }
      guard let cutSegment else { continue }
      mayHaveMore = true
      if let cookie = Self.cutCookie(Array(cutSegment), selection, reading) {
        cookies.append(cookie)
      }
    }
    let inspected = InspectedItems(cookies, scope, reading)
    var view = inspected.view
    view.handling = handling
    if mayHaveMore {
      view.unseen = ComponentView.anything
      // Cookies that nobody recorded may push the others over the limits.
      if view.isOver == .no { view.isOver = .unknown }
    }
    return view
  }

  private static func cookie(
    _ segment: [UInt8], _ selection: OracleField.NameSelection, _ reading: Reading
  ) -> LimitedItem? {
    var text = segment[...]
    while text.first == 0x20 || text.first == 0x09 { text.removeFirst() }
    while text.last == 0x20 || text.last == 0x09 { text.removeLast() }
    guard !text.isEmpty else { return nil }
    let (key, value) = pair(Array(text))
    func item(_ key: [UInt8], _ value: [UInt8]) -> LimitedItem {
      LimitedItem(
        key: KnownValue(whole: key), value: KnownValue(whole: value),
        isSelected: selection.contains(String(decoding: key, as: UTF8.self)))
    }
    if let value { return item(key, value) }
    return reading.flip.contains(.bareCookies) ? item([], key) : item(key, [])
  }

  /// What is certain of a cookie at which the recording ends.
  private static func cutCookie(
    _ segment: [UInt8], _ selection: OracleField.NameSelection, _ reading: Reading
  ) -> LimitedItem? {
    guard var cookie = cookie(segment, selection, reading) else { return nil }
    if segment.contains(UInt8(ascii: "=")) {
      cookie.value = cookie.value.map { KnownValue(prefix: $0.bytes) }
      return cookie
    }
    // It may go on as a name, and then be one that is not selected.
    guard selection == .all, !reading.flip.contains(.bareCookies) else { return nil }
    return LimitedItem(key: KnownValue(prefix: cookie.key.bytes), value: nil)
  }
}
