import DocumentTree

/// Which addresses of a forwarding header are compared with an IP set.
public enum ForwardedIPPosition: String, Hashable, Sendable, CaseIterable {
  /// The first one.
  case first = "FIRST"
  /// The last one.
  case last = "LAST"
  /// All; the last ten where there are more.
  case any = "ANY"
}

extension ForwardedIPPosition: WireWord, TreeWritable {}
