import Bytes

extension RequestRecord {
  /// Sets the state of a component that a record names in `wafcast.state`.
  ///
  /// Names are those of the log: `httpMethod`, `uri`, `args`, `httpVersion`, `scheme`, `fragment`,
  /// `headers`, `body`, `clientIp`, `country`, `ja3Fingerprint`, `ja4Fingerprint`; `headers.NAME`
  /// for the lines of one header and `headers[N]` for the line of an index. The state of `headers`
  /// is about the list: `known` says that it is complete, `lossy` and `redacted` go for all values
  /// that are there, any other that header lines may be missing. `headerOrder` is about the order of
  /// the list: `lossy` says that it is not the one received. `notRecorded` for a header without a
  /// line says that it may be missing: only that one where it is `cookie` or `authorization`, which
  /// browsers leave out of what they save, else any.
  package mutating func setState(
    _ state: ComponentState, ofComponentNamed name: Span<UInt8>
  ) throws(ComponentStateError) {
    switch ComponentName(name) {
    case .httpMethod: method = try Self.restated(method, state)
    case .uri: path = try Self.restated(path, state)
    case .args: query = try Self.restated(query, state)
    case .httpVersion: httpVersion = try Self.restated(httpVersion, state)
    case .scheme: scheme = try Self.restated(scheme, state)
    case .fragment: fragment = try Self.restated(fragment, state)
    case .ja3Fingerprint: ja3Fingerprint = try Self.restated(ja3Fingerprint, state)
    case .ja4Fingerprint: ja4Fingerprint = try Self.restated(ja4Fingerprint, state)
    case .body: body = try Self.restated(body, state)
    case .headerLine(let index):
      guard headers.indices.contains(index) else { throw .unknownComponent }
      headers[index].value = try Self.restated(headers[index].value, state)
    case .headers: try setStateOfHeaderList(state)
    case .headerOrder:
      switch state {
      case .known: headersAreInOrder = true
      case .lossy, .prefix, .redacted, .notRecorded: headersAreInOrder = false
      case .absent, .empty, .absentOrEmpty: throw .hasBytes
      }
    case .header(let header): try setState(state, ofHeader: header)
    case .clientIp:
      guard state != .known else {
        guard case .address = clientIP else { throw .noBytes }
        return
      }
      clientIP = .notRecorded
    case .country:
      guard state != .known else {
        guard country != .notRecorded else { throw .noBytes }
        return
      }
      country = .notRecorded
    case .argument, .cookie, nil: throw .unknownComponent
    }
  }

  /// Marks a component that a prediction names in `wafcast.masked` as redacted.
  ///
  /// Beside the names that `setState` takes, `args.NAME` and `cookies.NAME` name one argument or
  /// cookie. Those keep their place in the bytes with the value `REDACTED`, which tells the reader;
  /// where no such text is there, the whole component is redacted.
  package mutating func redact(componentNamed name: Span<UInt8>) throws(ComponentStateError) {
    switch ComponentName(name) {
    case .argument:
      if !holdsMask(query) { query = Component(.redacted) }
    case .cookie:
      let cookie = Array("cookie".utf8)
      var from = 0
      while let index = indexOfHeader(named: cookie.span, from: from) {
        if !holdsMask(headers[index].value) { headers[index].value = Component(.redacted) }
        from = index + 1
      }
    default: try setState(.redacted, ofComponentNamed: name)
    }
  }

  private func holdsMask(_ component: Component) -> Bool {
    let mask = Array("REDACTED".utf8)
    return storage.span.extracting(component.range.bounds).contains(mask.span)
  }

  private mutating func setStateOfHeaderList(_ state: ComponentState) throws(ComponentStateError) {
    switch state {
    case .known:
      guard headersAreComplete || !headers.isEmpty else { throw .noBytes }
      headersAreComplete = true
    case .absent, .empty, .absentOrEmpty:
      guard headers.isEmpty else { throw .hasBytes }
      headersAreComplete = true
    case .lossy, .redacted:
      for index in headers.indices where state == .redacted || hasValue(headers[index]) {
        headers[index].value = try Self.restated(headers[index].value, state)
      }
    case .prefix, .notRecorded: headersAreComplete = false
    }
  }

  /// The index that a component's name `headers[N]` has; nil for other names.
  package static func headerIndex(inComponentName name: [UInt8]) -> Int? {
    let prefix = Array("headers[".utf8)
    guard name.starts(with: prefix), name.last == UInt8(ascii: "]") else { return nil }
    let digits = name[prefix.count..<name.count - 1]
    guard digits.allSatisfy(\.isASCIIDigit) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private func hasValue(_ header: Header) -> Bool {
    header.value.state != .redacted && header.value.state != .notRecorded
  }

  private mutating func setState(
    _ state: ComponentState, ofHeader name: [UInt8]
  ) throws(ComponentStateError) {
    var found = false
    var from = 0
    while let index = indexOfHeader(named: name.span, from: from) {
      headers[index].value = try Self.restated(headers[index].value, state)
      found = true
      from = index + 1
    }
    guard !found else { return }
    let hidden = HiddenHeaders(name: name)
    switch state {
    case .notRecorded:
      if let hidden, headersAreComplete {
        hiddenHeaders.insert(hidden)
      } else {
        headersAreComplete = false
      }
      return
    case .absent, .empty, .absentOrEmpty, .redacted, .known, .lossy, .prefix: break
    }
    if let hidden { hiddenHeaders.remove(hidden) }
    switch state {
    case .absent, .empty, .absentOrEmpty, .notRecorded: return
    case .redacted: headers.append(Header(name: append(name), value: Component(.redacted)))
    case .known, .lossy, .prefix: throw .noBytes
    }
  }

  /// A component in another state, where its bytes allow that.
  private static func restated(
    _ component: Component, _ state: ComponentState
  ) throws(ComponentStateError) -> Component {
    let isZeroBytes =
      component.state == .empty || component.state == .absentOrEmpty || component.state == .absent
    switch state {
    case .known:
      if isZeroBytes { return Component(.empty) }
      guard component.state.hasBytes else { throw .noBytes }
      return Component(.known, component.range)
    case .lossy, .prefix:
      guard component.state.hasBytes || isZeroBytes else { throw .noBytes }
      // A value of which nothing is certain, not even a byte.
      return isZeroBytes ? Component(.notRecorded) : Component(state, component.range)
    case .absent, .empty, .absentOrEmpty:
      guard !component.state.hasBytes else { throw .hasBytes }
      return Component(state)
    case .redacted, .notRecorded:
      return Component(state)
    }
  }
}

/// Why a state cannot be given to a component.
package enum ComponentStateError: Error, Hashable, Sendable {
  /// There is no component of that name.
  case unknownComponent
  /// The state is one of recorded bytes, and the record has none.
  case noBytes
  /// The state says that there are no bytes, and the record has some.
  case hasBytes
}

/// The name of a component in a record.
private enum ComponentName {
  case httpMethod, uri, args, httpVersion, scheme, fragment, headers, headerOrder, body, clientIp
  case country
  case ja3Fingerprint, ja4Fingerprint
  case header([UInt8])
  case headerLine(Int)
  case argument
  case cookie

  init?(_ name: Span<UInt8>) {
    let text = String(lossy: name)
    switch text {
    case "httpMethod": self = .httpMethod
    case "uri": self = .uri
    case "args": self = .args
    case "httpVersion": self = .httpVersion
    case "scheme": self = .scheme
    case "fragment": self = .fragment
    case "ja3Fingerprint": self = .ja3Fingerprint
    case "ja4Fingerprint": self = .ja4Fingerprint
    case "headers": self = .headers
    case "headerOrder": self = .headerOrder
    case "body": self = .body
    case "clientIp": self = .clientIp
    case "country": self = .country
    default:
      if let index = RequestRecord.headerIndex(inComponentName: Array(text.utf8)) {
        self = .headerLine(index)
        return
      }
      guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
      let part = Array(text.utf8[text.utf8.index(after: dot)...])
      guard !part.isEmpty else { return nil }
      switch text[..<dot] {
      case "headers": self = .header(part)
      case "args": self = .argument
      case "cookies": self = .cookie
      default: return nil
      }
    }
  }
}
