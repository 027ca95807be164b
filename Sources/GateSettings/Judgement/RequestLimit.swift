/// A share between 0 and 100 per cent.
package struct Share: Hashable, Sendable {
  package let percent: Double

  package init(percent: Double) {
    self.percent = percent
  }

  /// Reads `10%` or `10`.
  package init?(_ text: String) {
    let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
    let isPlain = digits.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
    }
    guard isPlain, let percent = Double(digits), percent <= 100 else { return nil }
    self.percent = percent
  }

  package func isExceeded(by count: Int, of total: Int) -> Bool {
    Double(count) * 100 > percent * Double(total)
  }

  /// `10%`.
  package var text: String {
    percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
  }
}

/// How many requests may be so: a number, or a share of all.
package enum RequestLimit: Hashable, Sendable {
  case count(Int)
  case share(Share)

  /// Reads `5%` or `5`.
  package init?(_ text: String) {
    if text.hasSuffix("%") {
      guard let share = Share(text) else { return nil }
      self = .share(share)
    } else {
      guard let count = Int(text.filter { $0 != "_" }), count >= 0 else { return nil }
      self = .count(count)
    }
  }

  package func isExceeded(by count: Int, of total: Int) -> Bool {
    switch self {
    case .count(let limit): count > limit
    case .share(let share): share.isExceeded(by: count, of: total)
    }
  }

  package var text: String {
    switch self {
    case .count(let limit): String(limit)
    case .share(let share): share.text
    }
  }
}
