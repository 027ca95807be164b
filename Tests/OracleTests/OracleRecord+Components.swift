import Behaviour
import Bytes
import WAFModel
import WAFProgram
import WAFRequests

extension OracleRecord {
  /// What a field holds, in one reading: one form, or several of which one is true.
  func forms(
    _ field: OracleField, _ reading: Reading, isSize: Bool, at type: ResourceType? = nil
  ) -> [ComponentView] {
    switch field {
    case .method: [plainView(record.method, reading)]
    case .path: [plainView(record.path, reading)]
    case .query: [plainView(record.query, reading)]
    case .fragment(let fallback): [fragmentView(fallback, reading, at: type ?? resourceType)]
    case .header(let name): [headerView(name, reading)]
    case .headers(let selection, let scope, let handling):
      [headersView(selection, scope, handling, reading)]
    case .headerOrder(let handling): [orderView(handling, reading)]
    case .argument(let name, let steps): [argumentView(reading, named: name, steps)]
    case .allArguments(let steps): [argumentView(reading, named: nil, steps)]
    case .cookies(let selection, let scope, let handling):
      [cookieView(selection, scope, handling, reading)]
    case .body(let handling):
      [bodyView(handling, reading, isSize: isSize, limit: bodyLimit(at: type))]
    case .json(let choice):
      jsonForms(choice, reading, isSize: isSize, limit: bodyLimit(at: type))
    case .ja3(let fallback):
      [fingerprintView(record.ja3Fingerprint, fallback, reading, at: type ?? resourceType)]
    case .ja4(let fallback):
      [fingerprintView(record.ja4Fingerprint, fallback, reading, at: type ?? resourceType)]
    }
  }

  func bodyLimit(at type: ResourceType?) -> Int {
    acl.bodyLimit(type ?? resourceType)
  }

  func bytes(_ component: Component) -> [UInt8] {
    Array(record.storage[component.range.bounds])
  }

  func value(_ component: Component, _ reading: Reading) -> KnownValue? {
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
      unseen: component.state == .notRecorded ? ComponentView.anything : nil,
      mayBeEmptyForAll: component.state == .absentOrEmpty)
  }

  // MARK: Fragment and fingerprints

  private static let typesWithClientData: Set<ResourceType> = [
    .cloudFront, .applicationLoadBalancer, .amplify,
  ]

  private func fragmentView(
    _ fallback: FallbackBehavior?, _ reading: Reading, at type: ResourceType
  ) -> ComponentView {
    guard Self.typesWithClientData.contains(type) else { return .fallback(fallback) }
    let sign = reading.flip.contains(.fragmentSign) ? Array("#".utf8) : []
    if var value = value(record.fragment, reading) {
      value.bytes = sign + value.bytes
      value.least += sign.count
      value.most = value.most.map { $0 + sign.count }
      if value.extent == .nothing, !sign.isEmpty { value.extent = .prefix }
      return .single(value)
    }
    switch record.fragment.state {
    case .notRecorded: return ComponentView(unseen: ComponentView.anything)
    case .absentOrEmpty where reading.flip.contains(.absentAsEmpty):
      return .single(KnownValue(whole: []))
    default: return .fallback(fallback)
    }
  }

  private func fingerprintView(
    _ component: Component, _ fallback: FallbackBehavior, _ reading: Reading,
    at type: ResourceType
  ) -> ComponentView {
    guard Self.typesWithClientData.contains(type) else { return .fallback(fallback) }
    guard let value = value(component, reading) else {
      let isKnown = component.state != .notRecorded || isPlainHTTP
      return isKnown ? .fallback(fallback) : ComponentView(unseen: ComponentView.anything)
    }
    // The service computed it.
    return reading.ignoresObserved
      ? ComponentView(unseen: ComponentView.anything) : .single(value)
  }

  private var isPlainHTTP: Bool {
    record.scheme.state == .known && record.text(record.scheme.range).lowercased() == "http"
  }

  // MARK: Headers

  /// The lines of a header.
  func lines(_ name: String) -> [Header] {
    zip(record.headers, headerNames).filter { $0.1.folded == name }.map(\.0)
  }

  static func trimmed(_ value: KnownValue) -> KnownValue {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var bytes = value.bytes[...]
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    guard value.extent != .nothing else { return value }
    guard value.extent == .whole else { return KnownValue(prefix: Array(bytes)) }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return KnownValue(whole: Array(bytes))
  }

  /// The value of a header line.
  func headerValue(_ line: Header, _ reading: Reading) -> KnownValue {
    let value = value(line.value, reading) ?? KnownValue(nothingBut: 0, nil)
    return reading.flip.contains(.headerTrimming) ? value : Self.trimmed(value)
  }

  private func headerView(_ name: String, _ reading: Reading) -> ComponentView {
    let lines = lines(name)
    var values = lines.map { headerValue($0, reading) }
    if reading.flip.contains(.repeatedHeaders), values.count > 1 {
      values = [Self.joined(values, with: Self.separator(name))]
    }
    return ComponentView(
      values: values,
      unseen: lines.isEmpty && !record.headersAreComplete ? ComponentView.anything : nil)
  }

  /// What joins the lines of a header: those of cookies are lists of another kind (RFC 9113, 8.2.3).
  static func separator(_ name: String) -> String { name == "cookie" ? "; " : "," }

  /// Several values as one.
  static func joined(_ values: [KnownValue], with separator: String) -> KnownValue {
    let signs = separator.utf8.count * (values.count - 1)
    if values.allSatisfy({ $0.extent == .whole }) {
      return KnownValue(whole: Array(values.map(\.bytes).joined(separator: separator.utf8)))
    }
    var most: Int? = signs
    for value in values { most = most.flatMap { sum in value.most.map { sum + $0 } } }
    let least = values.map(\.least).reduce(signs, +)
    // What stands before the first gap is certain.
    var bytes: [UInt8] = []
    for value in values {
      bytes += value.bytes
      guard value.extent == .whole else { break }
      bytes += Array(separator.utf8)
    }
    return bytes.isEmpty
      ? KnownValue(nothingBut: least, most) : KnownValue(prefix: bytes, least: least, most: most)
  }

  // MARK: Arguments

  private func argumentView(
    _ reading: Reading, named name: String?, _ steps: [PreParseTextTransformationType]
  ) -> ComponentView {
    guard let sent = value(record.query, reading) else {
      return ComponentView(
        unseen: record.query.state == .notRecorded ? ComponentView.anything : nil)
    }
    guard sent.extent != .nothing else { return ComponentView(unseen: ComponentView.anything) }
    let query = Self.prepared(sent, steps, reading)
    // A query of no bytes has no segments, not an empty one.
    if query.extent == .whole, query.bytes.isEmpty { return ComponentView() }
    var view = ComponentView(unseen: query.extent == .prefix ? ComponentView.anything : nil)
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

  private static func prepared(
    _ query: KnownValue, _ steps: [PreParseTextTransformationType], _ reading: Reading
  ) -> KnownValue {
    var query = query
    for step in steps {
      query =
        query.extent == .whole
        ? KnownValue(whole: NaivePreParse.apply(step, to: query.bytes, flipping: reading.flip))
        : KnownValue(
          prefix: NaivePrefixes.certain(step, of: query.bytes, flipping: reading.flip))
    }
    return query
  }

  /// What stands before and after the first `=`.
  static func pair(_ text: [UInt8]) -> ([UInt8], [UInt8]?) {
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { return (text, nil) }
    return (Array(text[..<equals]), Array(text[(equals + 1)...]))
  }

  private func isWanted(_ key: [UInt8], _ name: String?, _ reading: Reading) -> Bool {
    guard let name else { return true }
    let key =
      reading.flip.contains(.argumentNames)
      ? NaiveTransformations.urlDecoded(key, unicode: false, keepsPlus: false) : key
    return NaiveTransformations.lowered(key) == Array(name.utf8)
  }
}

extension String {
  /// Without spaces at both ends.
  var trimmingSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Without spaces and tabs at both ends.
  var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
