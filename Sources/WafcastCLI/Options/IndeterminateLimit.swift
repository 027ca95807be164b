import ArgumentParser

/// How many requests may be indeterminate: a number, or a share of them (`5%`).
enum IndeterminateLimit: Hashable, ExpressibleByArgument {
  case count(Int)
  case percent(Percentage)

  init?(argument: String) {
    if argument.hasSuffix("%") {
      guard let percentage = Percentage(argument: argument) else { return nil }
      self = .percent(percentage)
    } else {
      guard let count = Int(argument), count >= 0 else { return nil }
      self = .count(count)
    }
  }

  /// Whether `count` of `total` are more than allowed.
  func isExceeded(by count: Int, of total: Int) -> Bool {
    switch self {
    case .count(let limit): count > limit
    case .percent(let percentage): percentage.isExceeded(by: count, of: total)
    }
  }

  var text: String {
    switch self {
    case .count(let limit): String(limit)
    case .percent(let percentage): percentage.text
    }
  }
}

/// A share between 0 and 100 per cent; the sign may be left out.
struct Percentage: Hashable, ExpressibleByArgument {
  let percent: Double

  init?(argument: String) {
    let digits = argument.hasSuffix("%") ? String(argument.dropLast()) : argument
    guard let percent = Double(digits), percent >= 0, percent <= 100 else { return nil }
    self.percent = percent
  }

  init(_ percent: Double) {
    self.percent = percent
  }

  func isExceeded(by count: Int, of total: Int) -> Bool {
    Double(count) * 100 > percent * Double(total)
  }

  var text: String {
    percent == percent.rounded() ? "\(Int(percent)) %" : "\(percent) %"
  }

  var defaultValueDescription: String { text }
}
