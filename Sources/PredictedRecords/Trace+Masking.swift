import NativeRecords
package import WAFEngine

extension TraceStatement {
  /// The statement with the values of secret components masked; of a body only what matched is left.
  package func maskingSecrets() -> TraceStatement {
    switch self {
    case .and(let parts): return .and(parts.map { $0.maskingSecrets() })
    case .or(let parts): return .or(parts.map { $0.maskingSecrets() })
    case .not(let part): return .not(part.maskingSecrets())
    case .leaf(var leaf):
      leaf.match = leaf.match.map { $0.maskingSecrets(of: leaf.component) }
      for index in leaf.branches.indices {
        leaf.branches[index].statement = leaf.branches[index].statement.maskingSecrets()
      }
      if let scopeDown = leaf.rate?.scopeDown {
        leaf.rate?.scopeDown = scopeDown.maskingSecrets()
      }
      return .leaf(leaf)
    }
  }
}

extension TraceMatch {
  /// The match with secrets masked, in a component as traces name them.
  package func maskingSecrets(of component: String) -> TraceMatch {
    let name = Array(self.name.utf8)
    switch component {
    // What detectors find may be what was typed into a form.
    case "body": return detection == nil ? onlyMatched : wholly(SecretMask.mask)
    case "args", "fragment":
      if SecretMask.isSecret(argumentName: name.span) { return wholly(SecretMask.mask) }
      guard SecretMask.hasSecret(query: value.span) else { return maskingAddress }
      return wholly(SecretMask.maskedQuery(value.span))
    case "uri": return maskingAddress
    case "headers":
      return name.isEmpty ? self : maskingSecrets(of: "header:" + self.name.lowercased())
    case _ where component.hasPrefix("header:"):
      let header = Array(component.dropFirst("header:".count).utf8)
      return SecretMask.isSecret(headerName: header.span)
        || SecretMask.isSecret(headerName: name.span) ? wholly(SecretMask.mask) : maskingAddress
    default: return self
    }
  }

  /// A path or an address may have a query within it.
  private var maskingAddress: TraceMatch {
    let masked = SecretMask.maskedPath(value.span)
    return masked == value ? self : wholly(masked)
  }

  /// Another value, all of it matched: where the matched part lies would tell of the secret.
  private func wholly(_ value: [UInt8]) -> TraceMatch {
    var match = self
    match.value = value
    match.matched = 0..<value.count
    if let detection = match.detection {
      match.detection?.tokens = detection.tokens.map {
        TraceDetection.Token(kind: $0.kind, text: SecretMask.mask)
      }
    }
    return match
  }

  private var onlyMatched: TraceMatch {
    let range = matched.clamped(to: 0..<value.count)
    if range.count == value.count { return wholly(SecretMask.mask) }
    let left = range.lowerBound > 0 ? Array("…".utf8) : []
    let right = range.upperBound < value.count ? Array("…".utf8) : []
    var match = self
    match.value = left + value[range] + right
    match.matched = left.count..<left.count + range.count
    return match
  }
}
