import Bytes

/// Reads points in time as RFC 3339 writes them.
enum RFC3339 {
  /// The milliseconds since 1970-01-01 UTC; nil for other text.
  ///
  /// A space may stand for the `T`; digits of a fraction beyond the third are dropped.
  static func milliseconds(of text: Span<UInt8>) -> Int64? {
    guard text.count >= 20,
      let year = number(text, 0, 4), text[4] == UInt8(ascii: "-"),
      let month = number(text, 5, 2), text[7] == UInt8(ascii: "-"), let day = number(text, 8, 2),
      text[10] | 0x20 == UInt8(ascii: "t") || text[10] == 0x20,
      let hour = number(text, 11, 2), text[13] == UInt8(ascii: ":"),
      let minute = number(text, 14, 2), text[16] == UInt8(ascii: ":"),
      let second = number(text, 17, 2),
      (1...12).contains(month), day >= 1, day <= daysInMonth(month, of: year),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var index = 19
    var milliseconds = 0
    if text[index] == UInt8(ascii: ".") {
      index += 1
      let start = index
      var weight = 100
      while index < text.count, text[index].isASCIIDigit {
        milliseconds += Int(text[index] - 0x30) * weight
        weight /= 10
        index += 1
      }
      guard index > start else { return nil }
    }
    guard let offset = offsetMinutes(text, from: index) else { return nil }
    let minutes = (daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute - offset
    return Int64((minutes * 60 + second) * 1000 + milliseconds)
  }

  private static func offsetMinutes(_ text: Span<UInt8>, from index: Int) -> Int? {
    guard index < text.count else { return nil }
    let sign = text[index]
    if sign | 0x20 == UInt8(ascii: "z") { return index + 1 == text.count ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), text.count == index + 6,
      let hours = number(text, index + 1, 2), text[index + 3] == UInt8(ascii: ":"),
      let minutes = number(text, index + 4, 2), hours < 24, minutes < 60
    else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
  }

  private static func number(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
    var value = 0
    for index in start..<start + count {
      guard text[index].isASCIIDigit else { return nil }
      value = value * 10 + Int(text[index] - 0x30)
    }
    return value
  }

  private static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 in the Gregorian calendar: years begin in March, so that the leap day is
  /// the last of a year, and repeat every 400 years (146,097 days).
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
