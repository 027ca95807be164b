import Diagnostics
import DocumentTree
import IPAddressing
import WAFRequests
import WAFTraffic

extension RequestSelection {
  /// Reads the `select` of a test, or its `records`, which may also be a path or a list of paths.
  init?(reading cursor: Cursor, in context: ReadingContext, takesPaths: Bool) {
    let files = NamedFiles(context: context)
    if takesPaths, cursor.node.text != nil || cursor.node.elements != nil {
      let cursors = cursor.elements ?? [cursor]
      self.init(
        corpora: cursors.compactMap { String(reading: $0, in: context).map { files.path($0) } })
      if cursors.isEmpty { Self.reportMissingCorpus(cursor, in: context) }
      return
    }
    guard var object = KeyedReader<SelectionKey>(cursor, in: context) else { return nil }
    self.init(corpora: object.texts(.corpus).map { files.path($0) })
    if !object.has(.corpus) { Self.reportMissingCorpus(cursor, in: context) }
    if let word = object.word(.format, as: TrafficFormat.self) { format = word }
    methods = object.texts(.method)
    hosts = object.texts(.host).map { GlobPattern($0.lowercased()) }
    paths = object.texts(.path).map { GlobPattern($0) }
    for path in paths where !path.text.hasPrefix("/") && !path.text.hasPrefix("*") {
      object.error(
        "invalid-value", "'\(path.text)' can be no path: those begin with '/'", at: .path)
    }
    for text in object.texts(.country) {
      if let code = CountryCode(Array(text.utf8)) {
        countries.append(code)
      } else {
        object.error(
          "invalid-value", "'country' takes codes of two letters, such as DE", at: .country)
      }
    }
    for text in object.texts(.clientIP) {
      if let block = Self.block(text) {
        clients.append(block)
      } else {
        object.error(
          "invalid-value",
          "'client-ip' takes an address or a CIDR block; '\(printable(text))' is none",
          at: .clientIP)
      }
    }
    recordedActions = object.words(.recordedAction, as: RecordedAction.self).map(\.rawValue)
    limit = object.number(.limit, 1...Int.max)
    atLeast = object.number(.atLeast, 0...Int.max) ?? 1
    if let limit, atLeast > limit {
      object.error("contradiction", "'at-least' asks for more than 'limit' takes", at: .atLeast)
    }
  }

  private static func reportMissingCorpus(_ cursor: Cursor, in context: ReadingContext) {
    context.error(
      "missing-member", "\(cursor.name) names no corpus", at: cursor.pointer,
      notes: ["corpus: a file or a directory of recordings, or a list of them"])
  }

  private static func block(_ text: String) -> CIDRBlock? {
    if text.contains("/") { return CIDRBlock(text) }
    guard let address = IPAddress(text) else { return nil }
    return CIDRBlock(text + (address.isIPv4 ? "/32" : "/128"))
  }
}

/// What the service can have done with a request that was recorded.
private enum RecordedAction: String, CaseIterable {
  case allow = "ALLOW"
  case block = "BLOCK"
  case captcha = "CAPTCHA"
  case challenge = "CHALLENGE"
  case monetize = "MONETIZE"
}
