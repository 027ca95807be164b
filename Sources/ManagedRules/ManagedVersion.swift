/// The number of a managed rule group's version, as in `Version_1.23`.
package struct ManagedVersion: Hashable, Comparable, Sendable {
  package var major: Int
  package var minor: Int

  package init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `Version_1.23`; nil where the text has another form.
  ///
  /// While a release candidate runs, AWS appends `_PLUS_RC_COUNT`: the content is that of the
  /// version, and the candidates only count.
  package init?(_ name: some StringProtocol) {
    let prefix = "Version_"
    guard name.hasPrefix(prefix) else { return nil }
    var text = name.dropFirst(prefix.count)
    let candidate = "_PLUS_RC_COUNT"
    if text.hasSuffix(candidate) { text = text.dropLast(candidate.count) }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard parts.count == 2, isPlain, let major = Int(parts[0]), let minor = Int(parts[1]) else {
      return nil
    }
    self.init(major: major, minor: minor)
  }

  package var name: String { "Version_\(major).\(minor)" }

  package static func < (left: ManagedVersion, right: ManagedVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

/// A version that is known of a managed rule group.
package struct KnownVersion: Hashable, Sendable {
  package var number: ManagedVersion
  /// When it came, `yyyy-mm-dd`; nil where that is not known.
  package var date: String?
  /// What came with it, in one sentence.
  package var changes: String

  package init(number: ManagedVersion, date: String?, changes: String) {
    self.number = number
    self.date = date
    self.changes = changes
  }
}

/// Versions from one on and before another.
package struct VersionSpan: Hashable, Sendable {
  /// Inclusive; nil: from the first.
  package var from: ManagedVersion?
  /// Exclusive; nil: to the last.
  package var before: ManagedVersion?

  package init(from: ManagedVersion? = nil, before: ManagedVersion? = nil) {
    self.from = from
    self.before = before
  }

  package func contains(_ version: ManagedVersion) -> Bool {
    from.map { $0 <= version } ?? true && before.map { version < $0 } ?? true
  }

  /// In words: `since Version_1.15`, `before Version_2.0`, `Version_1.2 to before Version_1.9`.
  package var words: String {
    switch (from, before) {
    case (let from?, let before?): "\(from.name) to before \(before.name)"
    case (let from?, nil): "since \(from.name)"
    case (nil, let before?): "before \(before.name)"
    case (nil, nil): "all versions"
    }
  }
}

extension [VersionSpan] {
  /// Whether a version lies in one of the spans; without spans every version does.
  ///
  /// A group without versions has the newest content: what has no end.
  package func cover(_ version: ManagedVersion?) -> Bool {
    guard !isEmpty else { return true }
    guard let version else { return contains { $0.before == nil } }
    return contains { $0.contains(version) }
  }
}
